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
}
