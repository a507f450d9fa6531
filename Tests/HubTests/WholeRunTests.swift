import Basics
import Blobs
import Foundation
import HubCore
import HubSimulation
import Ledger
import Testing
import Wire

/// Whole runs under random faults, from real message frames to the ledger. After every step the hub's memory must be what
/// its ledger holds. The environment variable EIGHTFOLD_SOAK=N runs N times as many seeds.
@Suite struct `Whole runs of the hub` {
    static let soak = ProcessInfo.processInfo.environment["EIGHTFOLD_SOAK"].flatMap(UInt64.init) ?? 1

    /// The same for all seeds: everything follows from the items.
    static let calm = Result { try finish(seed: 0, settings: settings(attempts: 1_000), faults: Faults()) }

    @Test(arguments: 1...(10 * soak))
    func `a run in which everything goes wrong ends as one in which nothing does`(seed: UInt64) throws {
        let calm = try Self.calm.get()
        let run = try Self.finish(seed: seed, settings: Self.settings(attempts: 1_000), faults: .all)
        #expect(run.tally["hub killed", default: 0] > 0 && run.tally["lost", default: 0] > 0, "seed \(seed): no fault")
        #expect(run.report.count(of: "dead letters") == 0, "seed \(seed)")
        #expect(run.report.count(of: "segments") > 5, "seed \(seed)")
        #expect(run.tally["hub killed writing a segment", default: 0] > 0, "seed \(seed)")
        for name in ["items", "problems", "outcomes", "rollouts", "experience", "checkpoints", "policy versions"] {
            #expect(run.report.count(of: name) == calm.report.count(of: name), "seed \(seed), \(name)")
        }
        #expect(run.chain == calm.chain, "seed \(seed): the same experience in the same order")
    }

    @Test(arguments: 1...(2 * soak))
    func `a run with a panel of verifiers ends as one in which nothing goes wrong`(seed: UInt64) throws {
        var settings = Self.settings(attempts: 1_000)
        settings.panel = VerifierPanel(["exact", "reader"], rule: seed % 2 == 0 ? .firstThatDecides : .allAgree)
        settings.keepsPayloads = seed % 2 == 0
        let run = try Self.finish(seed: seed, settings: settings, faults: .all)
        let calm = try Self.finish(seed: seed, settings: settings, faults: Faults())
        for name in ["problems", "outcomes", "rollouts", "experience"] {
            #expect(run.report.count(of: name) == calm.report.count(of: name), "seed \(seed), \(name)")
        }
        #expect(run.chain == calm.chain, "seed \(seed): the same experience in the same order")
    }

    @Test(arguments: 1...(6 * soak))
    func `a run ends with every bound at one`(seed: UInt64) throws {
        var settings = Self.settings(attempts: 1_000)
        settings.problemsInFlight = 1
        let run = try Self.finish(
            seed: seed, recipe: .one, settings: settings, workers: 1, capacity: 1,
            faults: seed % 2 == 0 ? Faults() : .all)
        #expect(run.report.count(of: "outcomes") == SimulatedRecipe.one.problemCount, "seed \(seed)")
    }

    @Test(arguments: 1...(4 * soak))
    func `a run ends though items become dead letters`(seed: UInt64) throws {
        // Three lost leases are few where workers die all the time.
        var settings = Self.settings(attempts: 3)
        settings.keepsPayloads = seed % 2 == 0
        let run = try Self.finish(seed: seed, settings: settings, faults: .all)
        #expect((run.report.count(of: "bodies dropped") > 0) == (seed % 2 == 1), "seed \(seed)")
        #expect(run.surprises == [], "seed \(seed)")
    }

    @Test(arguments: 1...(2 * soak))
    func `an item that kills every sampler ends as the only dead letter`(seed: UInt64) throws {
        let poison = "1.0.o0.p1.q"
        let faults = Faults(diesOf: { $0.id == poison })
        let run = try Self.finish(seed: seed, settings: Self.settings(attempts: 3), faults: faults)
        #expect(run.tally["worker replaced"] == 3, "seed \(seed): \(run.tally)")
        #expect(run.deadLetters == [poison], "seed \(seed)")
        #expect(run.report.count(of: "outcomes") == SimulatedRecipe().problemCount, "seed \(seed)")
    }

    // MARK: Running one

    struct Finished: Sendable {
        let report: AuditReport
        let tally: [String: Int]
        let surprises: [String]
        let deadLetters: [String]
        let chain: ContentHash?
    }

    static func settings(attempts: Int) -> ExchangeSettings {
        var settings = ExchangeSettings()
        settings.leaseMilliseconds = 2_000
        settings.heartbeatMilliseconds = 300
        settings.holdMilliseconds = 15_000
        settings.attempts = attempts
        // Many segments in a small run.
        settings.segmentBytes = 500
        return settings
    }

    /// Runs to the end and checks what must hold of every run.
    static func finish(
        seed: UInt64, recipe: SimulatedRecipe = SimulatedRecipe(), settings: ExchangeSettings, workers: Int = 2,
        capacity: Int = 3, faults: Faults
    ) throws -> Finished {
        let simulation = try Simulation(
            seed: seed, recipe: recipe, settings: settings, workers: workers, capacity: capacity, faults: faults)
        let hub = simulation.hub
        simulation.afterStep = { try expectInvariants($0, "seed \(seed), at \($0.milliseconds) ms") }
        simulation.rollBack = rollBack
        try #require(
            try simulation.run(), "seed \(seed) is not finished at \(hub.milliseconds) ms: \(simulation.tally)")
        #expect(simulation.surprises == [], "seed \(seed)")

        let report = try Audit.report(ledger: hub.ledgerPath, blobs: hub.blobs.directory)
        #expect(report.isClean && report.open == [], "seed \(seed): \(report.text)")
        #expect(report.count(of: "outcomes") == recipe.problemCount || settings.attempts < 1_000, "seed \(seed)")
        return try hub.ledger.transaction { ledger in
            Finished(
                report: report, tally: simulation.tally, surprises: simulation.surprises,
                deadLetters: try ledger.deadLetters(limit: 10).map(\.item), chain: try ledger.newestCheckpoint()?.chain)
        }
    }
}
