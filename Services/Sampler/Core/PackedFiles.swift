import Basics
import Foundation
import LanguageModel

/// The files of packed weights in a folder that all samplers of a host use: each policy is packed by one of them, and is
/// in memory once.
struct PackedFiles {
    let folder: URL

    private static let suffix = "packed"
    /// Policies whose weights stay, the newest: one that is sampled, and the one before it, whose rollouts are being finished.
    private static let keptCount = 2

    /// Where a policy's weights are, or are to be.
    func file(of policy: ContentHash, _ precision: Precision) -> URL {
        folder.appendingPathComponent("\(policy.hexadecimal).\(precision.rawValue).\(Self.suffix)")
    }

    /// Removes the files of older policies. A sampler that still uses one keeps its pages until it is done.
    func removeOld(keeping file: URL) {
        let manager = FileManager.default
        let files =
            (try? manager.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.contentModificationDateKey]))
            ?? []
        func date(_ file: URL) -> Date {
            (try? file.resourceValues(forKeys: [.contentModificationDateKey]))?.contentModificationDate ?? .distantPast
        }
        let others = files.filter { $0.pathExtension == Self.suffix && $0.lastPathComponent != file.lastPathComponent }
        for old in others.sorted(by: { date($0) > date($1) }).dropFirst(Self.keptCount - 1) {
            try? manager.removeItem(at: old)
        }
    }
}
