import Foundation
import HubCore
import HubSimulation
import Testing
import Wire

/// Whole runs under random faults. `EIGHTFOLD_SOAK=N` runs N times as many seeds.
@Suite struct `Exchange, whole runs` {
    static let soak = ProcessInfo.processInfo.environment["EIGHTFOLD_SOAK"].flatMap(UInt64.init) ?? 1

    static func settings(attempts: Int) -> ExchangeSettings {
        var settings = ExchangeSettings()
        settings.leaseMilliseconds = 2_000
        settings.heartbeatMilliseconds = 300
        settings.holdMilliseconds = 15_000
        settings.attempts = attempts
        return settings
    }

    static func simulation(
        seed: UInt64, recipe: SimulatedRecipe = SimulatedRecipe(), settings: ExchangeSettings, workers: Int = 2,
        capacity: Int = 3, faults: Faults
    ) throws -> Simulation {
        let simulation = try Simulation(
            seed: seed, recipe: recipe, settings: settings, workers: workers, capacity: capacity, faults: faults)
        simulation.afterStep = { try expectInvariants($0, "seed \(seed), at \($0.milliseconds) ms") }
        simulation.rollBack = rollBack
        return simulation
    }

    @Test(arguments: 1...(8 * soak)) func `a run in which everything goes wrong ends as one in which nothing does`(seed: UInt64) throws {
        let simulation = try Self.simulation(seed: seed, settings: Self.settings(attempts: 1_000), faults: .all)
        try #require(try simulation.run(), "seed \(seed): \(simulation.tally)")
        #expect(simulation.surprises == [], "seed \(seed)")
        print(seed, simulation.hub.milliseconds, simulation.tally)
    }
}
