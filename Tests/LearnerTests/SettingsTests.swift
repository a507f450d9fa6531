import LanguageModel
import Recipe
import Testing

@testable import LearnerCore

@Suite struct `A stage's settings` {
    @Test func `change the matrices that the recipe names, by the names of PEFT`() {
        #expect(LoraTarget.allCases.map { AdapterTarget($0).rawValue } == LoraTarget.allCases.map(\.rawValue))
        #expect(Set(LoraTarget.allCases.map { AdapterTarget($0) }) == Set(AdapterTarget.allCases))
    }

    @Test func `have no adapter where all weights are trained`() throws {
        var stage = SupervisedStage()
        #expect(try Settings(stage, recomputesActivations: false).adapter == nil)
        stage.lora.rank = 4
        stage.lora.targets = [.value, .query]
        let adapter = try Settings(stage, recomputesActivations: false).adapter
        #expect(adapter == (try AdapterSettings(rank: 4, alpha: 32, targets: [.query, .value])))
    }

    @Test func `let the rate of a preference stage rise and fall in each round, whatever its number of updates`() throws
    {
        var stage = PreferenceStage()
        stage.learningRate = 0.5
        func rates(_ updates: Int) throws -> [Float] {
            let schedule = try #require(try Settings(stage, recomputesActivations: false).scheduleOfRound?(updates))
            return (0..<updates).map { schedule.rate(update: $0) }
        }
        #expect(try rates(3) == [0.5, 0.5, 0.5])

        stage.warmupUpdates = 1
        stage.schedule = .cosine
        #expect(
            try rates(5)
                == [0.25, 0.5, 0.5 * (2 + 2.0.squareRoot()) / 4, 0.25, 0.5 * (2 - 2.0.squareRoot()) / 4]
                .map { Float($0) })
        #expect(try rates(2) == [0.25, 0.5])
    }

    @Test func `leave the rate of a supervised stage to one schedule for all its epochs`() {
        #expect(Settings(SupervisedStage(), recomputesActivations: false).scheduleOfRound == nil)
    }
}
