public import Foundation
public import Logging
import Messaging
import Recipe
import ServiceKit
public import Wire

/// Runs a run: its hub and services as child processes, for as long as it takes.
public actor Supervisor {
    private let launcher: RunLauncher
    private let options: Options
    private let logger: Logger
    private let runtime: RuntimeDirectory
    /// Every service that was started, the hub not among them.
    private var workers: [ChildProcess] = []
    /// Those of them that are samplers and are not to end.
    private var samplers: [ChildProcess] = []
    private var nextSampler = 1
    /// What `eightfold scale` asked for at the last poll; 0 before the first, so that a wish from before this start is new then.
    private var wantedSamplers = 0
    private let starts: AsyncStream<ChildProcess>
    private let startContinuation: AsyncStream<ChildProcess>.Continuation
    private var isStopping = false
    private var failure: (any Error)?

    /// What the operator asked for beside the recipe.
    public struct Options: Sendable {
        /// How many samplers; nil for the recipe's number.
        public var samplers: Int?
        /// Where services on other hosts find the hub; nil for nowhere.
        public var remote: String?
        /// The folder of keys, which a remote endpoint needs.
        public var keys: String?
        /// The level of the services' logs.
        public var logLevel = "info"
        /// The folder with the executables of the services.
        public var executables: URL

        /// Names the folder with the executables of the services.
        public init(executables: URL) {
            self.executables = executables
        }
    }

    /// Makes the supervisor of a run that was begun.
    ///
    /// - Throws: `ServiceError` of code `input` if an executable is missing.
    public init(_ launcher: RunLauncher, options: Options, logger: Logger) throws {
        for name in ["hub", "generator", "sampler", "verifier", "advantage", "learner"] {
            let file = options.executables.appendingPathComponent("eightfold-\(name)").path
            guard FileManager.default.isExecutableFile(atPath: file) else {
                throw ServiceError(
                    .input,
                    "The services' executables must lie beside eightfold's; there is no \(file). Build all: swift build -c release."
                )
            }
        }
        self.launcher = launcher
        self.options = options
        self.logger = logger
        runtime = try RuntimeDirectory()
        (starts, startContinuation) = AsyncStream.makeStream()
    }

    /// Runs the hub and the services until the run is finished, the operator stops it, or a service cannot run.
    ///
    /// - Parameter watch: gets the run's status, about once a second.
    /// - Throws: `ServiceError` if a service cannot run. The run can be resumed then.
    public func run(watch: @escaping @Sendable (Status, [ChildStatus]) -> Void) async throws {
        let connection = HubConnection(
            ConnectionSettings(
                endpoint: try runtime.endpoint("hub"), role: .operator, name: "operator", goneAfter: .seconds(120)),
            logger: logger)
        // Before there is a hub: what it is asked for from then on counts, whatever was asked for before.
        if options.samplers != nil { try launcher.forgetWantedSamplers() }
        let hub = hub()
        for child in fixedServices() { start(child) }
        scale(to: options.samplers ?? launcher.recipe.services.samplers)
        await withDiscardingTaskGroup { group in
            group.addTask { await self.converse(connection, hub) }
            group.addTask { await self.poll(connection, hub, watch) }
            for await child in starts {
                group.addTask { await self.attempt { try await child.run() } }
            }
        }
        launcher.folder.withdrawEndpoints()
        runtime.remove()
        if let failure { throw failure }
    }

    /// Keeps the hub and the conversation with it until one of them ends; then all ends, the hub last, because it takes
    /// back what the services give back.
    private func converse(_ connection: HubConnection, _ hub: ChildProcess) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.attempt { try await connection.run() } }
            group.addTask { await self.attempt { try await hub.run() } }
            await group.next()
            isStopping = true
            startContinuation.finish()
            await end(workers, within: .seconds(12))
            // By itself it ends when the last goodbye has reached it, and the last stage's bodies are in segments.
            await waitForEnd(of: [hub], within: (try? launcher.isFinished) == true ? .seconds(30) : .seconds(1))
            await end([hub], within: .seconds(5))
            group.cancelAll()
        }
    }

    /// Stops the run gracefully: every service gives back what it holds and ends, then the hub. It can be resumed.
    public func stop() {
        guard !isStopping else { return }
        isStopping = true
        for worker in workers { worker.stop() }
    }

    private func attempt(_ work: () async throws -> Void) async {
        do {
            try await work()
        } catch is CancellationError {
            // What is cancelled here is no longer needed.
        } catch {
            if failure == nil {
                failure = error
                logger.critical("\(error)")
            }
            stop()
        }
    }

    // MARK: Watching

    private func poll(
        _ connection: HubConnection, _ hub: ChildProcess, _ watch: @Sendable (Status, [ChildStatus]) -> Void
    ) async {
        var next = ContinuousClock.now
        while !isStopping {
            if .now >= next {
                guard let status = try? await connection.status() else { return }
                follow(status)
                watch(status, ([hub] + workers).map { ChildStatus(of: $0) })
                next = .now + .seconds(1)
            }
            try? await Task.sleep(for: .milliseconds(100))
        }
        try? await connection.command(Command(kind: .stopRun))
    }

    /// Takes up a new wish for samplers.
    private func follow(_ status: Status) {
        defer { wantedSamplers = status.wantedSamplers }
        if wantedSamplers != status.wantedSamplers, !isStopping { scale(to: status.wantedSamplers) }
    }

    /// How a child process is.
    public struct ChildStatus: Sendable {
        /// The service's name.
        public let name: String
        /// Its process; nil while there is none.
        public let processID: Int32?
        /// How often it was started.
        public let startCount: Int
        /// How its last start ended, in words; nil while the first one runs.
        public let lastEnd: String?
        /// Whether it was asked to end.
        public let isEnding: Bool

        /// Describes a child process.
        public init(name: String, processID: Int32?, startCount: Int, lastEnd: String? = nil, isEnding: Bool = false) {
            self.name = name
            self.processID = processID
            self.startCount = startCount
            self.lastEnd = lastEnd
            self.isEnding = isEnding
        }

        init(of child: ChildProcess) {
            let now = child.now
            self.init(
                name: child.name, processID: now.processID, startCount: now.startCount, lastEnd: now.lastEnd,
                isEnding: now.isStopping)
        }
    }

    // MARK: Ending

    private func end(_ children: [ChildProcess], within limit: Duration) async {
        for child in children { child.stop() }
        await waitForEnd(of: children, within: limit)
        // Who did not end by then never will.
        for child in children { child.kill() }
    }

    private func waitForEnd(of children: [ChildProcess], within limit: Duration) async {
        let deadline = ContinuousClock.now + limit
        while children.contains(where: { $0.now.processID != nil }), .now < deadline {
            try? await Task.sleep(for: .milliseconds(50))
        }
    }

    // MARK: Starting

    private func start(_ child: ChildProcess) {
        workers.append(child)
        startContinuation.yield(child)
    }

    /// Starts samplers, or ends the newest; those end gracefully and give back what they hold.
    private func scale(to count: Int) {
        while samplers.count < count {
            let sampler = child(
                "sampler-\(nextSampler)", "eightfold-sampler",
                worker: [
                    "--slots", "\(launcher.recipe.services.sampler.slots)",
                    "--threads", "\(launcher.recipe.services.sampler.threads)",
                    "--precision", launcher.recipe.services.sampler.precision.rawValue,
                    "--cache", launcher.folder.scratch.appendingPathComponent("policies").path,
                ] + launcher.recorded.flatMap { ["--recorded", $0.url.path] })
            nextSampler += 1
            samplers.append(sampler)
            start(sampler)
        }
        while samplers.count > count { samplers.removeLast().stop() }
    }

    private func hub() -> ChildProcess {
        var arguments = [
            "--run", launcher.folder.url.path, "--listen", endpoint("hub"), "--tap", endpoint("tap"),
            "--log-level", options.logLevel,
        ]
        if let remote = options.remote { arguments += ["--remote", remote] }
        if let keys = options.keys { arguments += ["--keys", keys] }
        // The hub ends by itself when the run is over; whoever missed its word for that need not wait for another.
        return process("hub", "eightfold-hub", arguments, isDoneAfterSuccess: true)
    }

    private func fixedServices() -> [ChildProcess] {
        let services = launcher.recipe.services
        let learner = child(
            "learner-1", "eightfold-learner",
            worker: [
                "--threads", "\(services.learner.threads)",
                "--precision", services.learner.precision.rawValue,
                "--folder", launcher.folder.scratch.appendingPathComponent("learner").path,
            ])
        let cache = ["--cache", launcher.folder.scratch.appendingPathComponent("data-sets").path]
        return [learner] + many(services.generators, "generator", worker: cache)
            + many(launcher.recipe.ownVerifierCount, "verifier") + many(services.advantages, "advantage")
    }

    private func many(_ count: Int, _ role: String, worker arguments: [String] = []) -> [ChildProcess] {
        (0..<count).map { child("\(role)-\($0 + 1)", "eightfold-\(role)", worker: arguments) }
    }

    private func child(_ name: String, _ executable: String, worker arguments: [String]) -> ChildProcess {
        process(
            name, executable,
            [
                "--hub", endpoint("hub"), "--name", name, "--log-level", options.logLevel,
                "--gone-seconds", "\(launcher.recipe.hub.goneSeconds)",
            ] + arguments)
    }

    private func process(
        _ name: String, _ executable: String, _ arguments: [String], isDoneAfterSuccess: Bool = false
    ) -> ChildProcess {
        ChildProcess(
            name, executable: options.executables.appendingPathComponent(executable), arguments: arguments,
            log: launcher.folder.logs.appendingPathComponent("\(name).log"), isDoneAfterSuccess: isDoneAfterSuccess,
            logger: logger)
    }

    private func endpoint(_ name: String) -> String {
        // The folder's path is short enough for any of our names: it was made so.
        "ipc://\(runtime.path)/\(name)"
    }
}
