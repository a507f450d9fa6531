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
    private let lock: RunLock
    /// All that were started, those among them that are being drained.
    private var children: [ChildProcess] = []
    /// The samplers that are to go on.
    private var samplers: [ChildProcess] = []
    private var nextSampler = 1
    /// What `eightfold scale` asked for at the last poll; nil before the first.
    private var wantedSamplers: Int?
    private let starts: AsyncStream<ChildProcess>
    private let startContinuation: AsyncStream<ChildProcess>.Continuation
    /// Ends when the hub cannot run, for then nobody will ever answer.
    private let hubEnd: AsyncStream<Void>
    private let hubEndContinuation: AsyncStream<Void>.Continuation
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
    /// - Throws: `ServiceError` of code `input` if another process runs it, or an executable is missing.
    public init(_ launcher: RunLauncher, options: Options, logger: Logger) throws {
        lock = try RunLock(launcher.folder)
        for name in ["hub", "generator", "sampler", "verifier", "advantage", "learner"] {
            let file = options.executables.appendingPathComponent("eightfold-\(name)").path
            guard FileManager.default.isExecutableFile(atPath: file) else {
                throw ServiceError(.input, "The services' executables must lie beside eightfold's; there is no \(file). Build all: swift build -c release.")
            }
        }
        self.launcher = launcher
        self.options = options
        self.logger = logger
        runtime = try RuntimeDirectory()
        (starts, startContinuation) = AsyncStream.makeStream()
        (hubEnd, hubEndContinuation) = AsyncStream.makeStream()
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
        start(hub())
        for child in fixedServices() { start(child) }
        scale(to: options.samplers ?? launcher.recipe.services.samplers)
        await withDiscardingTaskGroup { group in
            group.addTask {
                await self.converse(connection)
                await self.stopChildren()
            }
            group.addTask { await self.poll(connection, watch) }
            for await child in starts {
                group.addTask {
                    do { try await child.run() } catch { await self.fail(error, child) }
                }
            }
        }
        launcher.folder.withdrawEndpoints()
        runtime.remove()
        if let failure { throw failure }
    }

    /// Stops the run gracefully: the hub hands nothing out any more, and every service ends. It can be resumed.
    public func stop() {
        guard !isStopping else { return }
        isStopping = true
        for child in children where child.name != "hub" { child.stop() }
    }

    private func fail(_ error: any Error, _ child: ChildProcess? = nil) {
        failure = failure ?? error
        stop()
        if child?.name == "hub" { hubEndContinuation.finish() }
    }

    /// Talks to the hub until the run is over or the hub cannot run.
    private func converse(_ connection: HubConnection) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do { try await connection.run() } catch { await self.fail(error) }
            }
            group.addTask { [hubEnd] in
                for await _ in hubEnd {}
            }
            await group.next()
            group.cancelAll()
        }
    }

    // MARK: Watching

    private func poll(_ connection: HubConnection, _ watch: @Sendable (Status, [ChildStatus]) -> Void) async {
        var asked = false
        while await connection.stopReason == nil {
            if isStopping && !asked {
                asked = true
                try? await connection.command(Command(kind: .stopRun))
            }
            guard let status = try? await connection.status() else { return }
            follow(status)
            watch(status, statuses)
            try? await Task.sleep(for: .milliseconds(isStopping ? 100 : 1_000))
        }
    }

    /// Takes up a new wish for samplers. One from before a resume gives way to the number that this process was given.
    private func follow(_ status: Status) {
        defer { wantedSamplers = status.wantedSamplers }
        let isNew = wantedSamplers.map { $0 != status.wantedSamplers } ?? (options.samplers == nil)
        if isNew, status.wantedSamplers > 0, !isStopping { scale(to: status.wantedSamplers) }
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
    }

    private var statuses: [ChildStatus] {
        children.map {
            let now = $0.now
            return ChildStatus(
                name: $0.name, processID: now.processID, startCount: now.startCount, lastEnd: now.lastEnd,
                isEnding: now.isStopping)
        }
    }

    private func stopChildren() async {
        isStopping = true
        startContinuation.finish()
        for child in children { child.stop() }
        let deadline = ContinuousClock.now + .seconds(12)
        while children.contains(where: { $0.now.processID != nil }), .now < deadline {
            try? await Task.sleep(for: .milliseconds(50))
        }
        // Who did not end by then never will.
        for child in children { child.kill() }
    }

    // MARK: Starting

    private func start(_ child: ChildProcess) {
        children.append(child)
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
                    "--cache", launcher.folder.scratch.appendingPathComponent("policies").path,
                ])
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
        return process("hub", "eightfold-hub", arguments)
    }

    private func fixedServices() -> [ChildProcess] {
        let services = launcher.recipe.services
        let learner = child(
            "learner-1", "eightfold-learner",
            worker: [
                "--threads", "\(services.learner.threads)",
                "--folder", launcher.folder.scratch.appendingPathComponent("learner").path,
            ])
        return [learner]
            + (0..<services.generators).map { child("generator-\($0 + 1)", "eightfold-generator", worker: []) }
            + (0..<services.verifiers).map { child("verifier-\($0 + 1)", "eightfold-verifier", worker: []) }
            + (0..<services.advantages).map { child("advantage-\($0 + 1)", "eightfold-advantage", worker: []) }
    }

    private func child(_ name: String, _ executable: String, worker arguments: [String]) -> ChildProcess {
        process(
            name, executable,
            [
                "--hub", endpoint("hub"), "--name", name, "--log-level", options.logLevel,
                "--gone-seconds", "\(launcher.recipe.hub.goneSeconds)",
            ] + arguments)
    }

    private func process(_ name: String, _ executable: String, _ arguments: [String]) -> ChildProcess {
        ChildProcess(
            name, executable: options.executables.appendingPathComponent(executable), arguments: arguments,
            log: launcher.folder.logs.appendingPathComponent("\(name).log"), logger: logger)
    }

    private func endpoint(_ name: String) -> String {
        // The folder's path is short enough for any of our names: it was made so.
        "ipc://\(runtime.path)/\(name)"
    }
}
