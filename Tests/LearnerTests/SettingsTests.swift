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
    func `have a recipe's numbers instead of the method's own`(method: ReinforcementMethod) throws {
        var stage = ReinforcementStage()
        stage.method = method
        guard case .policyGradient(let own) = try StageObjective(stage) else { return }
        (stage.clipUpper, stage.clipDual, stage.ratioCap, stage.divergenceWeight) = (0.5, 3, 7, 0.25)
        (stage.correction, stage.maskBound) = (.sequenceMask, 0.75)
        guard case .policyGradient(let changed) = try StageObjective(stage) else { return }
        #expect(changed.divergenceWeight == 0.25 && changed.correction == .sequenceMask(bound: 0.75))
        #expect(changed.aggregation == own.aggregation)
        switch (changed.surrogate, own.surrogate) {
        case (.plain, .plain): break
        case (.clipped(let range), .clipped(let own)), (.sequenceClipped(let range), .sequenceClipped(let own)):
            #expect(range == ClipRange(lower: own.lower, upper: 0.5, dual: 3))
        case (.capped(let maximum), .capped): #expect(maximum == 7)
        default: Issue.record("\(method) has another surrogate")
        }
    }

    @Test func `need the policy before a round only where something is compared with it`() throws {
        func needs(_ yaml: String) throws -> Bool {
            let recipe = try Recipe(yaml: "stages: [reinforcement: {method: dapo, \(yaml)}]", file: "test")
            guard case .reinforcement(let stage) = recipe.stages[0] else { return false }
            return try StageObjective(stage).needsReference
        }
        #expect(try !needs("epochs: 1") && !needs("correction: sequence-mask"))
        #expect(try needs("divergence_weight: 0.1") && needs("correction: truncated") && needs("correction: masked"))
    }

    /// As docs/methods.md and the table of `PolicyGradientMethod` say, for 160 tokens at the longest.
    private static let methods: [(ReinforcementMethod, rule: String, BatchNormalisation, String)] = [
        (.reinforce, "reward", .none, "plain sequenceSums 0.0"),
        (.rloo, "leave-one-out", .none, "plain sequenceSums 0.0"),
        (.grpo, "standardised", .none, "clipped 0.2 0.2 sequenceMeans 0.04"),
        (.drGRPO, "centred", .none, "clipped 0.2 0.2 constantLength(160) 0.0"),
        (.dapo, "standardised", .none, "clipped 0.2 0.28 tokens 0.0"),
        (.gspo, "standardised", .none, "sequence 0.0003 0.0004 sequenceMeans 0.0"),
        (.cispo, "centred", .scaled, "capped 5.0 tokens 0.0"),
        (.litePPO, "centred", .scaled, "clipped 0.2 0.28 tokens 0.0"),
        (.reinforcePlusPlus, "reward", .whitened, "clipped 0.2 0.2 tokens 0.0"),
        (.vinePPO, "advantage", .whitened, "clipped 0.2 0.2 tokens 0.0001"),
        (.pav, "process", .none, "plain sequenceSums 0.001"),
        (.awr, "advantage", .none, "weights exponential(beta: 1.0, maximum: 20.0)"),
        (.crr, "advantage", .none, "weights indicator"),
    ]

    private func told(_ objective: StageObjective) -> String {
        switch objective {
        case .weighted(let objective): return "weights \(objective.weighting)"
        case .policyGradient(let objective):
            let surrogate =
                switch objective.surrogate {
                case .plain: "plain"
                case .clipped(let range): "clipped \(range.lower) \(range.upper)"
                case .sequenceClipped(let range): "sequence \(range.lower) \(range.upper)"
                case .capped(let maximum): "capped \(maximum)"
                }
            return "\(surrogate) \(objective.aggregation) \(objective.divergenceWeight)"
        case .supervised, .preference, .unlearning: return "no method"
        }
    }

    @Test func `of unlearning have the recipe's weights`() throws {
        let recipe = try Recipe(
            yaml: """
                stages:
                  - preference: {loss: unlearning, forgetting_weight: 0.1, replay_weight: 0.2, retention_weight: 3}
                """,
            file: "test")
        guard case .preference(let stage) = recipe.stages[0],
            case .unlearning(let objective) = try Settings(stage, recomputesActivations: false).objective
        else {
            Issue.record("no unlearning")
            return
        }
        #expect(objective.forgettingWeight == 0.1 && objective.replayWeight == 0.2 && objective.retentionWeight == 3)
    }

    @Test func `of each method are those of the table`() throws {
        #expect(Self.methods.map(\.0) == ReinforcementMethod.allCases)
        for (method, rule, normalisation, objective) in Self.methods {
            var stage = ReinforcementStage()
            stage.method = method
            #expect(told(try StageObjective(stage)) == objective)
            #expect(try Settings(stage, recomputesActivations: false).normalisation == normalisation)
            let recipe = try Recipe(
                yaml: "stages: [reinforcement: {method: \(method.rawValue), problems_per_round: 1}]", file: "test")
            let order = try #require(RunPlan(recipe: recipe).orders(stage: 0, round: 0, policyVersion: 0).first)
            let plan = try #require(order.credit?.advantage)
            #expect(plan.rule == rule)
            let needsValues = ["advantage", "process"].contains(rule)
            #expect(plan.surveyed == (needsValues ? 2 : 0) && method.needsStepValues == needsValues)
            // What the hub lets a problem have, less its own rollouts.
            #expect(plan.continuationLimit == 256 - 8)
        }
    }
}
