public import Basics
import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Many damaged files in one process of its own, which may take only so much memory and, for each, so much time.
///
/// The environment variable EIGHTFOLD_SOAK=N makes it N times as many.
public struct FuzzRun {
    /// What the process may take beyond what it has when it begins; no damaged file has more than 64 KiB.
    public static let mostMemory = 64 << 20

    /// How long one damaged file may take before the process is ended by SIGALRM.
    public static let mostSeconds: UInt32 = 60

    private static let soak = ProcessInfo.processInfo.environment["EIGHTFOLD_SOAK"].flatMap(UInt64.init) ?? 1

    /// Where the process leaves the number of the file that it is at, for its parent to tell.
    private static func trace(_ name: String, process: Int32) -> String {
        FileManager.default.temporaryDirectory.appending(path: "eightfold-fuzz-\(process)-\(name)").path
    }

    /// Plays `slice` files, times EIGHTFOLD_SOAK, under limits of memory and time; call it in an exit test.
    ///
    /// - Parameters:
    ///   - mostSeconds: how long one file may take.
    ///   - body: makes a file, tries it, and returns whether it was read; throws for what may not happen.
    public static func play(
        _ name: String, slice: UInt64, mostSeconds: UInt32 = mostSeconds,
        _ body: (_ seed: UInt64, inout SeededGenerator) throws -> Bool
    ) throws {
        let trace = open(trace(name, process: getppid()), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        try limitMemory()
        let count = slice * soak
        var read: UInt64 = 0
        for seed in 0..<count {
            var place = seed
            pwrite(trace, &place, 8, 0)
            alarm(mostSeconds)
            var generator = SeededGenerator(seed: seed, name: name)
            if try body(seed, &generator) { read += 1 }
        }
        // What follows is the end of the process, which must come as soon.
        alarm(mostSeconds)
        close(trace)
        // Damage that always or never shows would try one path alone.
        #expect(read > count / 200 && read < count / 2, "\(read) of \(count) files of \(name) were read")
    }

    /// Makes every allocation fail that takes the process beyond its bound.
    public static func limitMemory() throws {
        #if os(Linux)
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmData:") }
            let kilobytes = try #require(line?.split(separator: " ").dropLast().last.flatMap { Int($0) })
            let bytes = rlim_t(kilobytes * 1024 + mostMemory)
            var limit = rlimit(rlim_cur: bytes, rlim_max: bytes)
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit) == 0)
        #endif
    }

    /// Tells, in the parent, which file the process had before it when it ended; nothing when all went well.
    public static func report(_ name: String, failed: Bool) {
        let path = trace(name, process: getpid())
        if failed, let bytes = FileManager.default.contents(atPath: path), bytes.count == 8 {
            let seed = bytes.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << (8 * UInt64($1.offset)) }
            Issue.record("the last file of \(name) had the seed \(seed)")
        }
        try? FileManager.default.removeItem(atPath: path)
    }
}
