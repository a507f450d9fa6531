import Basics
public import Foundation
import GeneratorCore
import Logging
import Messaging
public import Recipe
import ServiceKit
import Wire

/// Measures how many completions a hub commits a second.
///
/// The hub is the shipped executable in its own process, on a ledger in a folder that is removed afterwards, with ZeroMQ
/// sockets as in a run. Problems and requests are made before the clock starts. Then simulated samplers lease requests and
/// complete each with one rollout, in a `Complete` of 1 KB; the clock stops at the last answer, which follows its commit.
public struct HubBench: Sendable {
    /// What is measured.
    public struct Plan: Sendable {
        /// What commits survive, each measured on its own.
        public var durabilities: [Durability] = [.durable, .processCrash]
        /// How many samplers there are, each measured on its own.
        public var samplerCounts = [10, 100, 1_000]
        /// Items of one repetition, in orders of 64.
        public var ordersPerRepetition = 512
        /// Repetitions, after one that is not counted.
        public var repetitions = 5
        /// The longest wait for anything.
        public var limit = Duration.seconds(120)

        /// The measurement that `eightfold bench hub` makes.
        public init() {}
    }

    /// The bytes of a completion's payload.
    static let messageBytes = 1_024
    private static let problemsPerOrder = 64
    /// Twice what an item was measured to take on the disk, its request and its rollout included, in bytes.
    private static let itemBytes = 4_000

    private let plan: Plan
    private let executables: URL
    private let place: URL

    /// - Parameters:
    ///   - executables: the folder with `eightfold-hub`.
    ///   - place: the folder in which the scratch folder is made; its disk is the one that syncs.
    public init(_ plan: Plan, executables: URL, place: URL) {
        self.plan = plan
        self.executables = executables
        self.place = place
    }

    /// Measures everything that the plan names.
    ///
    /// - Parameter note: gets a line before each measurement.
    /// - Throws: `ServiceError` or a sentence, if a deadline passed or the hub refused something; nothing is left behind.
    public func run(note: (String) -> Void) async throws -> HubBenchReport {
        try checkFreeSpace()
        // A connection takes a descriptor on both sides, and here its socket another.
        try HostMeasures.allowOpenFiles(4 * (plan.samplerCounts.max() ?? 0) + 256)
        let folder = place.appendingPathComponent("bench-\(String(UInt64.random(in: 0 ... .max), radix: 36))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // A folder that cannot be removed is the user's to see.
        defer { try? FileManager.default.removeItem(at: folder) }
        var report = HubBenchReport(
            plan: plan, itemsPerRepetition: plan.ordersPerRepetition * Self.problemsPerOrder,
            syncsPerSecond: try HostMeasures.syncsPerSecond(in: folder, for: .milliseconds(500)))
        for durability in plan.durabilities {
            for samplers in plan.samplerCounts {
                note("\(durability.rawValue), \(samplers) samplers")
                let run = folder.appendingPathComponent("\(durability.rawValue)-\(samplers)")
                report.results.append(try await measure(durability, samplers, in: RunFolder(run.path)))
                try FileManager.default.removeItem(at: run)
            }
        }
        return report
    }

    private func checkFreeSpace() throws {
        let needed = plan.ordersPerRepetition * Self.problemsPerOrder * (plan.repetitions + 1) * Self.itemBytes
        let free = try HostMeasures.freeBytes(in: place)
        guard free >= needed else {
            throw BenchError(
                "A measurement of the hub needs \(needed / 1_000_000) MB of free disk space for its ledger; \(place.path) has "
                    + "\(free / 1_000_000) MB. Free some, or measure in a folder of another disk.")
        }
    }

    private func measure(_ durability: Durability, _ samplerCount: Int, in folder: RunFolder) async throws
        -> HubBenchReport.Result
    {
        let launcher = try RunLauncher.begin(Self.recipe(durability), in: folder)
        defer { withExtendedLifetime(launcher) {} }
        let runtime = try RuntimeDirectory()
        defer { runtime.remove() }
        let endpoint = try runtime.endpoint("hub")
        let hub = ChildProcess(
            "hub", executable: executables.appendingPathComponent("eightfold-hub"),
            arguments: [
                "--run", folder.url.path, "--listen", "\(endpoint)", "--tap", "\(try runtime.endpoint("tap"))",
                "--log-level", "error",
            ],
            log: folder.logs.appendingPathComponent("hub.log"), isDoneAfterSuccess: true,
            logger: serviceLogger("bench", level: "error"))
        return try await withThrowingTaskGroup(of: HubBenchReport.Result?.self) { group in
            group.addTask {
                try await hub.run()
                return nil
            }
            group.addTask { try await self.load(hub, at: endpoint, durability, samplerCount) }
            defer { hub.stop() }
            guard let result = try await group.next() ?? nil else {
                throw BenchError("The hub must stay until it is stopped; it ended.")
            }
            hub.stop()
            try await group.waitForAll()
            return result
        }
    }

    private func load(_ hub: ChildProcess, at endpoint: Endpoint, _ durability: Durability, _ samplerCount: Int)
        async throws -> HubBenchReport.Result
    {
        let learner = try SimulatedWorkers(.learner, leasing: .stages) { try order($0) }
        let generator = try SimulatedWorkers(.generator, leasing: .orders) { try Generator.complete($0) }
        let text = try Self.text()
        let samplers = try SimulatedWorkers(.sampler, leasing: .requests) { Self.rollout(of: $0, text: text) }
        let everyone = [learner, generator, samplers]
        do {
            try await learner.join(1, at: endpoint, within: plan.limit)
            try await generator.join(1, at: endpoint, within: plan.limit)
            try await samplers.join(samplerCount, at: endpoint, within: plan.limit)
            _ = try await learner.work(1, capacity: 1, givesBack: false, within: plan.limit)
            let capacity = Self.capacity(samplerCount)
            var repetitions: [HubBenchReport.Repetition] = []
            for number in 0...plan.repetitions {
                let orders = plan.ordersPerRepetition
                _ = try await generator.work(orders, capacity: orders, givesBack: false, within: plan.limit)
                let items = orders * Self.problemsPerOrder
                let before = hub.now.processID.flatMap(HostMeasures.processorSeconds)
                let traffic = try await samplers.work(items, capacity: capacity, givesBack: true, within: plan.limit)
                let after = hub.now.processID.flatMap(HostMeasures.processorSeconds)
                guard number > 0 else { continue }
                repetitions.append(
                    HubBenchReport.Repetition(
                        completionsPerSecond: Double(items) / traffic.duration.inSeconds,
                        messagesPerSecond: Double(traffic.sent + traffic.received) / traffic.duration.inSeconds,
                        hubMicroseconds: before.flatMap { before in after.map { ($0 - before) / Double(items) * 1e6 } })
                )
            }
            for workers in everyone { await workers.leave() }
            return HubBenchReport.Result(
                durability: durability, samplers: samplerCount, capacity: capacity, repetitions: repetitions)
        } catch {
            for workers in everyone { await workers.leave() }
            throw error
        }
    }

    /// How many items a sampler holds at most: together at least 320, each at least 16.
    private static func capacity(_ samplerCount: Int) -> Int { max(16, 320 / samplerCount) }

    private static func recipe(_ durability: Durability) -> Recipe {
        var recipe = Recipe()
        recipe.name = "bench"
        recipe.hub.durability = durability
        recipe.hub.problemsInFlight = 10_000_000
        // The space was checked before; a hub that waits for more would be waited for in vain.
        recipe.hub.minimumFreeGigabytes = 0
        recipe.stages = [.evaluate(EvaluateStage())]
        return recipe
    }

    // MARK: What the workers complete

    /// All orders of all repetitions, as one round of an evaluation.
    private func order(_ lease: Lease) throws -> Complete {
        let count = plan.ordersPerRepetition * (plan.repetitions + 1)
        return Complete(
            leases: [lease.id],
            groups: [
                NewGroup(
                    number: 1, size: count, kind: .round, owns: SlotRange(first: 0, count: 1),
                    whenFull: Item(
                        id: "0.1", queue: .stages, purpose: .control, stage: 0, round: 1,
                        body: DecisionPoint(stage: 0, round: 1).encoded()))
            ],
            items: (0..<count).map { index in
                let order = Order(
                    source: ProblemSource(family: "arithmetic", seed: 1),
                    firstIndex: UInt64(index * Self.problemsPerOrder), count: Self.problemsPerOrder,
                    sampling: SamplingPlan(rollouts: 1, temperature: 1, topP: 1, maximumTokens: 64))
                return NewItem(
                    item: Item(id: "\(index)", queue: .orders, purpose: .evaluation, body: order.encoded()), group: 1,
                    owns: SlotRange(first: index, count: 1))
            })
    }

    /// One rollout that ends the request.
    static func rollout(of lease: Lease, text: String) -> Complete {
        let rollout = Rollout(
            tokens: (0..<64).map { 48 + $0 }, logProbabilities: [Float](repeating: -0.5, count: 64),
            stepEnds: [16, 32, 48, 64], text: text, policySHA256: nil, temperature: 1)
        return Complete(
            leases: [lease.id],
            items: [
                NewItem(
                    item: Item(
                        id: "r0", queue: .rollouts, purpose: lease.item.purpose, stage: lease.item.stage,
                        round: lease.item.round, body: rollout.encoded(), refersTo: [lease.item.problem],
                        problem: lease.item.problem),
                    owns: SlotRange(first: 0, count: 1))
            ])
    }

    /// A text so long that a completion has about `messageBytes`; ids and leases differ by a few digits.
    static func text() throws -> String {
        let lease = Lease(id: 10_000, item: Item(purpose: .evaluation, problem: "0.0.100.6400"))
        let rest = messageBytes - rollout(of: lease, text: "").encoded().count - 4
        return String(repeating: "1+1=2;\n", count: rest / 7)
    }
}
