import Basics
import Foundation
import LanguageModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The files of packed weights in a folder that all samplers of a host use: each policy is packed by one of them, and is
/// in memory once.
struct PackedFiles {
    let folder: URL

    /// A folder may be several hosts', and a file that another host removes is gone from under a mapping.
    private static let suffix: String = {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let host = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return ".\(host).packed"
    }()
    /// Policies whose weights stay, the newest: one that is sampled, and the one before it, whose rollouts are being finished.
    private static let keptCount = 2

    /// Where a policy's weights are, or are to be.
    func file(of policy: ContentHash, _ precision: Precision) -> URL {
        folder.appendingPathComponent("\(policy.hexadecimal).\(precision.rawValue)\(Self.suffix)")
    }

    /// Removes this host's files of policies that are older than the newest, but for `file`, for which there is room then. A sampler
    /// that still uses one keeps its pages until it is done.
    func removeOld(keeping file: URL) {
        let manager = FileManager.default
        let names = (try? manager.contentsOfDirectory(atPath: folder.path)) ?? []
        let others = names.filter { $0.hasSuffix(Self.suffix) && $0 != file.lastPathComponent }
            .map { folder.appendingPathComponent($0) }
        func date(_ file: URL) -> Date {
            (try? manager.attributesOfItem(atPath: file.path))?[.modificationDate] as? Date ?? .distantPast
        }
        // What a sampler has left that was killed while it packed; one that packs is done in minutes.
        let drafts = names.filter { $0.hasSuffix(Self.suffix + ".draft") }.map { folder.appendingPathComponent($0) }
            .filter { date($0) < .now - 3_600 }
        for old in others.sorted(by: { date($0) > date($1) }).dropFirst(Self.keptCount - 1) + drafts {
            try? manager.removeItem(at: old)
        }
    }
}
