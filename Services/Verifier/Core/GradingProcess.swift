import Dispatch
public import Foundation
import Synchronization
import Wire

/// A process that grades one solution at a time, and is killed and replaced if it does not answer in time.
///
/// Every grading has bounds that are counts (docs/verdicts.md), so nothing here should ever happen. It is what keeps a fault in
/// them from ending the service, or from holding it up: a solution that takes too long or that ends the process is an error of
/// its own, and the next solution meets a new process.
public final class GradingProcess: Sendable {
    private let executable: URL
    private let arguments: [String]
    private let limit: Duration
    private let child = Mutex<Child?>(nil)
    /// Requests wait for answers here, so that no thread of the concurrency pool does.
    private let queue = DispatchQueue(label: "grading process")

    /// Names the process, which is started by the first request.
    ///
    /// - Parameters:
    ///   - executable: a program that serves as `GradingService.run` does.
    ///   - limit: how long one grading may take.
    public init(executable: URL, arguments: [String], limit: Duration = .seconds(5)) {
        self.executable = executable
        self.arguments = arguments
        self.limit = limit
    }

    deinit { child.withLock { $0?.kill() } }

    /// The process at work; nil before the first request, and after a process that was killed.
    public var processID: Int32? { child.withLock { $0?.processID } }

    /// Grades a solution.
    ///
    /// - Returns: an error of kind `time-limit` if it took too long. One of kind `process-lost` if the process ended, and so did a
    ///   second one: whatever else ended the first is not held against the solution.
    func verdict(of request: GradingRequest) async -> Verdict {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.answer(to: request)) }
        }
    }

    private func answer(to request: GradingRequest) -> Verdict {
        child.withLock { child in
            var reason = ""
            for _ in 0..<2 {
                do {
                    let current = try child ?? Child(executable, arguments)
                    child = current
                    return try current.answer(to: request, within: limit)
                } catch GradingProcessError.late {
                    child?.kill()
                    child = nil
                    return Verdict(
                        reason: "A grading may take \(limit); this one took longer and was ended.",
                        errorKind: "time-limit")
                } catch {
                    child?.kill()
                    child = nil
                    reason = "\(error)"
                }
            }
            return Verdict(
                reason: "The process that grades must answer; it ended twice over this solution: \(reason)",
                errorKind: "process-lost")
        }
    }
}

/// Why a process gave no verdict.
enum GradingProcessError: Error {
    case late
    case ended
}

/// A started process with the pipes to it.
private final class Child {
    private let process = Process()
    private let pipe: FramePipe

    init(_ executable: URL, _ arguments: [String]) throws {
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = executable
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        pipe = FramePipe(reading: output.fileHandleForReading, writing: input.fileHandleForWriting)
        try process.run()
        // The child has its own copies; with ours open its end would not be seen.
        try input.fileHandleForReading.close()
        try output.fileHandleForWriting.close()
    }

    var processID: Int32 { process.processIdentifier }

    func answer(to request: GradingRequest, within limit: Duration) throws -> Verdict {
        let deadline = ContinuousClock.now + limit
        try pipe.write(request.problem.encoded(), until: deadline)
        try pipe.write(Array(request.solution.utf8), until: deadline)
        return try Verdict(decoding: try pipe.read(until: deadline))
    }

    func kill() {
        #if canImport(Darwin)
            Darwin.kill(processID, SIGKILL)
        #else
            Glibc.kill(processID, SIGKILL)
        #endif
    }
}
