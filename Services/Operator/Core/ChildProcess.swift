import Foundation
import Logging
import ServiceKit
import Subprocess
import Synchronization

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// One service of a run as a child process: started, watched, and started again when it crashed.
///
/// The child is in a process group of its own, so that Ctrl-C reaches only its parent, which drains it. Its standard
/// input is a pipe that closes when the parent dies, and the child ends then.
final class ChildProcess: Sendable {
    /// What the child is now, for those who watch.
    struct State: Sendable {
        var processID: Int32?
        var startCount = 0
        /// How the last start ended; nil while the first one runs.
        var lastEnd: String?
        /// Whether it was asked to end.
        fileprivate(set) var isStopping = false
    }

    let name: String
    private let executable: URL
    private let arguments: [String]
    private let log: URL
    private let isDoneAfterSuccess: Bool
    private let logger: Logger
    private let state = Mutex(State())

    /// - Parameter isDoneAfterSuccess: whether it ends by itself, with exit code 0, only when it is done.
    init(
        _ name: String, executable: URL, arguments: [String], log: URL, isDoneAfterSuccess: Bool = false, logger: Logger
    ) {
        self.name = name
        self.executable = executable
        self.arguments = arguments
        self.log = log
        self.isDoneAfterSuccess = isDoneAfterSuccess
        self.logger = logger
    }

    var now: State { state.withLock { $0 } }

    /// Asks the child to end gracefully; it is not started again.
    func stop() {
        let processID = state.withLock { state in
            state.isStopping = true
            return state.processID
        }
        if let processID { kill(processID, SIGTERM) }
    }

    /// Ends the child at once.
    func kill() {
        if let processID = now.processID { Self.send(SIGKILL, to: processID) }
    }

    private func kill(_ processID: Int32, _ signal: Int32) { Self.send(signal, to: processID) }

    private static func send(_ signal: Int32, to processID: Int32) {
        #if canImport(Darwin)
            Darwin.kill(processID, signal)
        #else
            Glibc.kill(processID, signal)
        #endif
    }

    /// Runs the child until it has ended for good: done, after `stop`, or by an error that another start would not mend.
    ///
    /// - Throws: `ServiceError` if the child ended with exit code 2, or crashed too often in a row.
    func run() async throws {
        var failures = 0
        while !now.isStopping {
            let started = ContinuousClock.now
            let status = try await runOnce()
            let end =
                switch status {
                case .exited(let code): "exited with code \(code)"
                case .signaled(let signal): "was ended by signal \(signal)"
                }
            state.withLock { $0.lastEnd = end }
            if status == .exited(0), isDoneAfterSuccess { return }
            if status == .exited(2) {
                throw ServiceError(.input, "\(name) cannot run: see \(log.path).")
            }
            failures = ContinuousClock.now - started > Self.soundAfter ? 1 : failures + 1
            guard failures <= Self.mostFailures || now.isStopping else {
                throw ServiceError(.refused, "\(name) crashed \(failures) times in a row; see \(log.path).")
            }
            let pause = Duration.milliseconds(100 << min(failures, 7))
            // At the end of a run the services may hear of it before their parent does.
            let again = ContinuousClock.now + pause
            while !now.isStopping, .now < again { try await Task.sleep(for: .milliseconds(50)) }
            if !now.isStopping { logger.warning("\(name) \(end); it was started again after \(pause).") }
        }
    }

    /// A child that ran for so long has not crashed because of how it was started.
    private static let soundAfter = Duration.seconds(10)
    private static let mostFailures = 8

    private func runOnce() async throws -> TerminationStatus {
        let file = try FileDescriptor.open(
            FilePath(log.path), .writeOnly, options: [.create, .append],
            permissions: [.ownerReadWrite, .groupRead, .otherRead])
        var options = PlatformOptions()
        options.processGroupID = 0
        let result = try await Subprocess.run(
            .path(FilePath(executable.path)), arguments: Arguments(arguments + ["--until-stdin-closes"]),
            platformOptions: options, input: .inputWriter, output: .sequence,
            error: .fileDescriptor(file, closeAfterSpawningProcess: true)
        ) { execution in
            let isStopping = state.withLock { state in
                state.processID = execution.processIdentifier.value
                state.startCount += 1
                return state.isStopping
            }
            if isStopping { try execution.send(signal: .terminate) }
            // A service writes nothing here: this waits for its end, and holds its standard input open until then.
            for try await _ in execution.standardOutput {}
            state.withLock { $0.processID = nil }
        }
        return result.terminationStatus
    }
}
