import Foundation
import Wire

/// What the process does that `GradingProcess` starts: it grades what comes on standard input, and answers on standard output.
public enum GradingService {
    /// The argument by which the verifier's executable knows that it is this process; the memory limit in bytes follows it.
    public static let argument = "grade-standard-input"

    /// What the process says when it is ready.
    static let greeting = Array("ready".utf8)

    /// Bytes of memory that may hold a grading and the program around it. A grading takes some megabytes.
    public static let memoryLimit = 512 << 20

    /// Serves until standard input is closed.
    ///
    /// - Parameter memoryLimit: bytes of data that the process may hold; one that needs more is ended by the system.
    public static func run(memoryLimit: Int) {
        guard limitMemory(to: memoryLimit) else {
            FileHandle.standardError.write(
                Data("The memory of the grading process could not be limited to \(memoryLimit) bytes.\n".utf8))
            return
        }
        let pipe = FramePipe(reading: .standardInput, writing: .standardOutput)
        endWithParent()
        guard (try? pipe.write(greeting, until: nil)) != nil else { return }
        while let problem = try? pipe.read(until: nil), let solution = try? pipe.read(until: nil) {
            do {
                let request = GradingRequest(
                    problem: try Problem(decoding: problem), solution: String(decoding: solution, as: UTF8.self))
                try pipe.write(request.verdict().encoded(), until: nil)
            } catch {
                return
            }
        }
    }

    /// Limits the memory, to less where the system allows no more; returns whether that could be done.
    private static func limitMemory(to bytes: Int) -> Bool {
        #if canImport(Darwin)
            let resource = RLIMIT_DATA
        #else
            let resource = __rlimit_resource_t(RLIMIT_DATA.rawValue)
        #endif
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return false }
        limit.rlim_cur = min(rlim_t(bytes), limit.rlim_max)
        return setrlimit(resource, &limit) == 0
    }

    /// Ends the process when the other end of standard input is closed, whatever it is doing then.
    private static func endWithParent() {
        let watch = Thread {
            var poll = pollfd(fd: 0, events: 0, revents: 0)
            while Foundation.poll(&poll, 1, -1) < 0 {}
            exit(0)
        }
        watch.name = "parent watch"
        watch.start()
    }
}
