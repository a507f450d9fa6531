import LanguageModel
import Objectives
import Recipe
import Testing
import Wire

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

    @Test(arguments: ReinforcementMethod.allCases)
    func `have the numbers of each method, unless the recipe has others`(method: ReinforcementMethod) throws {
        var stage = ReinforcementStage()
        stage.method = method
        let own = try StageObjective(stage)
        guard let named = PolicyGradientMethod(rawValue: method.rawValue) else {
            guard case .weighted(let objective) = own else { throw LearnerError("\(method) weighs tokens") }
            #expect(objective.weighting == (method == .crr ? .indicator : .exponential(beta: 1, maximum: 20)))
            return
        }
        guard case .policyGradient(let objective) = own else { throw LearnerError("\(method) is a policy gradient") }
        #expect(objective.surrogate == named.surrogate)
        #expect(objective.aggregation == named.aggregation(maximumTokens: stage.maximumTokens))
        #expect(objective.divergenceWeight == named.divergenceWeight && objective.correction == .none)
        #expect(try Settings(stage, recomputesActivations: false).normalisation == named.normalisation)

        (stage.clipUpper, stage.clipDual, stage.ratioCap, stage.divergenceWeight) = (0.5, 3, 7, 0.25)
        (stage.correction, stage.correctionMaximum) = (.sequenceMask, 0.5)
        guard case .policyGradient(let changed) = try StageObjective(stage) else { return }
        #expect(changed.divergenceWeight == 0.25 && changed.correction == .sequenceMask(bound: 0.5))
        switch (changed.surrogate, named.surrogate) {
        case (.plain, .plain): break
        case (.clipped(let range), .clipped(let own)), (.sequenceClipped(let range), .sequenceClipped(let own)):
            #expect(range == ClipRange(lower: own.lower, upper: 0.5, dual: 3))
        case (.capped(let maximum), .capped): #expect(maximum == 7)
        default: Issue.record("\(method) has another surrogate")
        }
    }

    @Test func `of a method with step values ask for continuations, and of the others for none`() throws {
        for method in ReinforcementMethod.allCases {
            let recipe = try Recipe(
                yaml: "stages: [reinforcement: {method: \(method.rawValue), problems_per_round: 1}]", file: "test")
            let order = try #require(RunPlan(recipe: recipe).orders(stage: 0, round: 0, policyVersion: 0).first)
            let plan = try #require(order.credit?.advantage)
            #expect(plan.rule == method.advantageRule)
            #expect(plan.surveyed == (method.needsStepValues ? 2 : 0))
            #expect(["advantage", "process"].contains(plan.rule) == method.needsStepValues)
        }
    }
}
