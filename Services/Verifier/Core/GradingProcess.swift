import Dispatch
public import Foundation
import Synchronization
import Wire

/// A process that grades one solution at a time, and is killed and replaced if it does not answer in time.
///
/// Every grading has bounds that are counts (docs/verdicts.md), so nothing here should ever happen. It is what keeps a fault in
/// them from ending the service, or from holding it up: a solution over which two processes are late or end is an error of its
/// own, and the next solution meets a new process.
public final class GradingProcess: Sendable {
    private let executable: URL
    private let arguments: [String]
    private let limit: Duration
    private let startLimit: Duration
    private let note: @Sendable (String) -> Void
    private let child = Mutex<Child?>(nil)
    /// Requests wait for answers here, so that no thread of the concurrency pool does.
    private let queue = DispatchQueue(label: "grading process")

    /// Names the process, which is started by the first request.
    ///
    /// - Parameters:
    ///   - executable: a program that serves as `GradingService.run` does.
    ///   - limit: how long one grading may take.
    ///   - startLimit: how long the process may take to begin.
    ///   - note: gets a sentence each time that a process was lost or ended over a solution.
    public init(
        executable: URL, arguments: [String], limit: Duration = .seconds(5), startLimit: Duration = .seconds(60),
        note: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.executable = executable
        self.arguments = arguments
        self.limit = limit
        self.startLimit = startLimit
        self.note = note
    }

    deinit { child.withLock { $0?.kill() } }

    /// The process at work; nil before the first request, and after a process that was killed.
    public var processID: Int32? { child.withLock { $0?.processID } }

    /// Grades a solution.
    ///
    /// - Returns: an error of kind `time-limit` or `process-lost` if two processes in a row took too long or ended. What happens to one of
    ///   them, such as a machine that sleeps, or somebody's `kill`, is not held against the solution.
    /// - Throws: `GradingProcessError` if no process can be started, which says nothing of the solution.
    func verdict(of request: GradingRequest) async throws -> Verdict {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try self.answer(to: request) }) }
        }
    }

    private func answer(to request: GradingRequest) throws -> Verdict {
        try child.withLock { child in
            var verdict = Verdict()
            for _ in 0..<2 {
                let current = try child ?? Child(executable, arguments, within: startLimit)
                child = current
                do {
                    return try current.answer(to: request, within: limit)
                } catch GradingProcessError.late {
                    verdict = Verdict(
                        reason: "A grading may take \(limit); this one took longer, in two processes.",
                        errorKind: "time-limit")
                } catch {
                    verdict = Verdict(
                        reason: "The process that grades must answer; two of them ended over this solution.",
                        errorKind: "process-lost")
                }
                current.kill()
                child = nil
                note("A grading process was replaced: \(verdict.errorKind).")
            }
            return verdict
        }
    }
}

/// Why a process gave no verdict.
enum GradingProcessError: Error, Equatable, CustomStringConvertible {
    /// It did not answer in time.
    case late
    /// It ended, or says what is no answer.
    case ended
    /// It could not be started; the sentence says why.
    case notStarted(String)

    var description: String {
        switch self {
        case .late: "The grading process did not answer in time."
        case .ended: "The grading process ended."
        case .notStarted(let sentence): sentence
        }
    }
}

/// A started process with the pipes to it.
private final class Child {
    let processID: pid_t
    private let pipe: FramePipe
    private var isGone = false

    /// A pipe is marked as not to be inherited after it was made; nothing is started in between.
    private static let starting = Mutex<Void>(())

    /// Starts the process, and waits until it says that it is ready.
    init(_ executable: URL, _ arguments: [String], within limit: Duration) throws {
        let (input, output) = try Self.starting.withLock { _ in (try Self.pipe(), try Self.pipe()) }
        do {
            processID = try Self.starting.withLock { _ in
                try Self.spawn(
                    executable, arguments, input: input.reading, output: output.writing)
            }
            // The child has its own copies; with ours open its end would not be seen.
            try input.reading.close()
            try output.writing.close()
        } catch {
            throw GradingProcessError.notStarted("\(executable.path) could not be started: \(error)")
        }
        pipe = FramePipe(reading: output.reading, writing: input.writing)
        do {
            guard try pipe.read(until: .now + limit) == GradingService.greeting else { throw GradingProcessError.ended }
        } catch {
            kill()
            throw GradingProcessError.notStarted(
                "A grading process must be ready within \(limit); \(executable.path) was not: \(error)")
        }
    }

    deinit { kill() }

    func answer(to request: GradingRequest, within limit: Duration) throws -> Verdict {
        let deadline = ContinuousClock.now + limit
        try pipe.write(request.problem.encoded(), until: deadline)
        try pipe.write(Array(request.solution.utf8), until: deadline)
        return try Verdict(decoding: try pipe.read(until: deadline))
    }

    /// Ends the process with all that it started, and waits until it is gone: one that nobody waits for stays behind as a zombie, and its
    /// number stays taken, so that this reaches no other process.
    func kill() {
        guard !isGone else { return }
        isGone = true
        // Its group, which has its number: what it started would hold the output of this process open.
        #if canImport(Darwin)
            Darwin.kill(-processID, SIGKILL)
        #else
            Glibc.kill(-processID, SIGKILL)
        #endif
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0, errno == EINTR {}
    }

    /// A pipe that no process inherits which is started meanwhile: as long as one holds an end, the other does not see it close.
    ///
    /// - Throws: `GradingProcessError`.
    private static func pipe() throws -> (reading: FileHandle, writing: FileHandle) {
        var ends: [Int32] = [-1, -1]
        #if canImport(Darwin)
            let code = Darwin.pipe(&ends)
        #else
            let code = Glibc.pipe(&ends)
        #endif
        for end in ends where code == 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        guard code == 0 else {
            throw GradingProcessError.notStarted(
                "A pipe to the grading process could not be made: \(POSIXErrorCode(rawValue: errno) ?? .EINVAL)")
        }
        return (
            FileHandle(fileDescriptor: ends[0], closeOnDealloc: true),
            FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        )
    }

    /// Starts a program. `Process` would do, but it sees an end only when all descendants have ended too, and until then leaves a zombie.
    ///
    /// - Throws: `POSIXError`.
    private static func spawn(
        _ executable: URL, _ arguments: [String], input: FileHandle, output: FileHandle
    ) throws -> pid_t {
        #if canImport(Darwin)
            var (actions, attributes): (posix_spawn_file_actions_t?, posix_spawnattr_t?)
        #else
            var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, input.fileDescriptor, 0)
        posix_spawn_file_actions_adddup2(&actions, output.fileDescriptor, 1)
        // This process blocks signals that it waits for; the child is to end by them.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))

        // Some deaths are by design, and a backtrace takes longer than an answer may.
        let environment =
            ProcessInfo.processInfo.environment.filter { $0.key != "SWIFT_BACKTRACE" }
            .map { "\($0)=\($1)" } + ["SWIFT_BACKTRACE=enable=no"]
        var words = ([executable.path] + arguments).map { strdup($0) } + [nil]
        var variables = environment.map { strdup($0) } + [nil]
        defer { for text in words + variables { free(text) } }
        var processID: pid_t = 0
        let code = posix_spawn(&processID, executable.path, &actions, &attributes, &words, &variables)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
        return processID
    }
}
