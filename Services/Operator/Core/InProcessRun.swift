import AdvantageCore
import Foundation
import GeneratorCore
import HubCore
import LanguageModel
import LearnerCore
public import Logging
import Messaging
import Recipe
import SamplerCore
import ServiceKit
import ServiceLifecycle
import VerifierCore
public import Wire

/// Runs a run's hub and services in this process, over `inproc://`: for debugging and tests.
///
/// The services are those of the executables, over the same messages and the same ledger. What is missing is what
/// processes give: a service that crashes takes the run with it, and the number of samplers does not change.
public final class InProcessRun: Sendable {
    private let launcher: RunLauncher
    private let samplerCount: Int
    private let logger: @Sendable (String) -> Logger
    private let `operator`: HubConnection
    private let endpoint: Endpoint

    /// Makes the run of a launcher; `run` starts it.
    ///
    /// - Parameters:
    ///   - samplers: how many; nil for the recipe's number.
    ///   - logger: makes the log of the service with this name.
    /// - Throws: `MessagingError`.
    public init(_ launcher: RunLauncher, samplers: Int?, logger: @escaping @Sendable (String) -> Logger) throws {
        self.launcher = launcher
        self.logger = logger
        samplerCount = samplers ?? launcher.recipe.services.samplers
        endpoint = try Endpoint("inproc://eightfold-\(UInt64.random(in: 0 ... .max))")
        `operator` = HubConnection(
            ConnectionSettings(endpoint: endpoint, role: .operator, name: "operator"), logger: logger("operator"))
    }

    /// Runs until the run is finished or stopped.
    ///
    /// - Parameter watch: gets the run's status, about once a second.
    /// - Throws: what the first service that could not go on threw; all others are ended then. The run can be resumed.
    public func run(watch: @escaping @Sendable (Status, [Supervisor.ChildStatus]) -> Void) async throws {
        // The services of an `eightfold run` that was killed end within 10 s, its hub among them.
        guard let lock = try await FileLock.take(launcher.folder.hubLock, within: .seconds(15)) else {
            throw ServiceError(
                .input,
                "\(launcher.folder.url.path) has a hub at work, and a ledger has one writer. Stop that one first.")
        }
        defer { withExtendedLifetime(lock) {} }
        let runtime = try RuntimeDirectory()
        let hub = try makeHub(launcher.folder, logger: logger("hub"))
        _ = try await hub.listen(at: endpoint)
        // For the other commands, which are other processes.
        let outside = try await hub.listen(at: try runtime.endpoint("hub"))
        let tap = try await hub.listenForTap(at: try runtime.endpoint("tap"))
        try launcher.folder.publish(RunFolder.Endpoints(hub: "\(outside)", tap: "\(tap)", remote: nil))
        defer {
            launcher.folder.withdrawEndpoints()
            runtime.remove()
        }
        let services = try services()
        let names = services.map(\.connection.settings.name)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await hub.run() }
            group.addTask { try await self.operator.run() }
            group.addTask { await self.poll(names, watch) }
            for service in services { group.addTask { try await service.run() } }
            do {
                while try await group.next() != nil {}
            } catch {
                group.cancelAll()
                throw error
            }
        }
    }

    /// Stops the run: no more work is handed out, and every service gives back what it holds. It can be resumed.
    public func stop() async {
        // A run that has ended meanwhile needs no command.
        try? await `operator`.command(Command(kind: .stopRun))
    }

    private func poll(_ names: [String], _ watch: @Sendable (Status, [Supervisor.ChildStatus]) -> Void) async {
        let own = ProcessInfo.processInfo.processIdentifier
        let children = names.map { Supervisor.ChildStatus(name: $0, processID: own, startCount: 1) }
        while await `operator`.stopReason == nil, let status = try? await `operator`.status() {
            watch(status, children)
            try? await Task.sleep(for: .seconds(1))
        }
    }

    private func services() throws -> [Workplace] {
        let counts = launcher.recipe.services
        let scratch = launcher.folder.scratch
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let (learning, sampling) = (Precision(counts.learner.precision), Precision(counts.sampler.precision))
        let learner = try workplace(.learner, 1, numerics: Numerics.name(learning)) { connection, logger in
            try Learner(
                connection, threadCount: counts.learner.threads == 0 ? cores : counts.learner.threads,
                precision: learning, folder: scratch.appendingPathComponent("learner"), logger: logger)
        }
        let samplers = try (0..<samplerCount).map { index in
            try workplace(.sampler, index + 1, numerics: Numerics.name(sampling)) { connection, logger in
                Sampler(
                    connection, slotCount: counts.sampler.slots, threadCount: counts.sampler.threads,
                    precision: sampling, cache: scratch.appendingPathComponent("policies"),
                    recorded: self.launcher.recorded,
                    logger: logger)
            }
        }
        let generators = try (0..<counts.generators).map { index in
            try workplace(.generator, index + 1) { connection, logger in
                try Generator.worker(
                    connection, cache: scratch.appendingPathComponent("data-sets"), logger: logger)
            }
        }
        return try [learner] + samplers + generators
            + itemWorkers(.verifier, launcher.recipe.ownVerifierCount, .rollouts) { try Verifier.complete($0) }
            + itemWorkers(.advantage, counts.advantages, .groups) { try Advantage.complete($0) }
    }

    private func itemWorkers(
        _ role: Role, _ count: Int, _ queue: Queue, _ work: @escaping @Sendable (Lease) throws -> Complete
    ) throws -> [Workplace] {
        try (0..<count).map { index in
            try workplace(role, index + 1) { connection, logger in
                ItemWorker(connection, queue: queue, concurrency: 16, logger: logger) { try work($0) }
            }
        }
    }

    private func workplace(
        _ role: Role, _ number: Int, numerics: String = "", _ make: (HubConnection, Logger) throws -> any Service
    ) throws -> Workplace {
        let name = "\(role)-\(number)"
        let settings = ConnectionSettings(endpoint: endpoint, role: role, name: name, numerics: numerics)
        let connection = HubConnection(settings, logger: logger(name))
        return Workplace(connection: connection, worker: try make(connection, logger(name)))
    }
}

extension Precision {
    fileprivate init(_ precision: LearnerPrecision) {
        switch precision {
        case .fp32: self = .fp32
        case .bf16: self = .bf16
        }
    }

    fileprivate init(_ precision: SamplerPrecision) {
        switch precision {
        case .fp32: self = .fp32
        case .bf16: self = .bf16
        case .int8: self = .int8
        }
    }
}
