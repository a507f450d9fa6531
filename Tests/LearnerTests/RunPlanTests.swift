import Basics
import Recipe
import Testing
import Wire

@testable import LearnerCore

@Suite struct `A run's plan` {
    private let recipe = """
        seed: 9
        problems: {steps: [2, 3], operands: [1, 8], values: [-5, 50], style: mixed}
        stages:
          - supervised: {name: warm-start, problems: 130, epochs: 3}
          - evaluate: {name: before, problems: 70}
          - preference:
              {name: improve, rounds: 2, problems_per_round: 100, rollouts_per_problem: 6, layout: paper-1,
              positives_per_problem: 2, positives_weight: 0.5, top_k: 7, negatives_per_problem: 3}
          - preference: {name: again, rounds: 1, problems_per_round: 100}
          - evaluate: {name: after, problems: 70}
        """

    private func plan() throws -> RunPlan {
        RunPlan(recipe: try Recipe(yaml: recipe, file: "test"))
    }

    private func indices(_ orders: [Order]) -> [UInt64] {
        orders.flatMap { order in (0..<UInt64(order.count)).map { order.firstIndex + $0 } }
    }

    @Test func `gives each stage its rounds, one after the other`() throws {
        let plan = try plan()
        #expect(plan.recipe.stages.map(plan.roundCount) == [3, 1, 2, 1, 1])
        #expect(
            plan.recipe.stages.map(plan.purpose) == [.supervised, .evaluation, .preference, .preference, .evaluation])
        #expect(plan.next(after: DecisionPoint(stage: 0, round: 3)) == DecisionPoint(stage: 1, round: 0))
        #expect(plan.next(after: DecisionPoint(stage: 4, round: 1)) == nil)
    }

    @Test(arguments: [(0, 130), (1, 70), (2, 100), (3, 100), (4, 70)])
    func `orders each problem of a round once, at most 64 at a time`(stage: Int, problems: Int) throws {
        let orders = try plan().orders(stage: stage, round: 0, policyVersion: 2)
        #expect(orders.allSatisfy { (1...64).contains($0.count) && $0.policyVersion == 2 && !$0.latestPolicy })
        #expect(orders.count == (problems + 63) / 64)
        #expect(Set(indices(orders)).count == problems)
    }

    @Test func `teaches the same solved problems in every epoch`() throws {
        let plan = try plan()
        let first = plan.orders(stage: 0, round: 0, policyVersion: 0)
        #expect(indices(first) == Array(0..<130))
        #expect(plan.orders(stage: 0, round: 2, policyVersion: 0) == first)
        #expect(first.allSatisfy { $0.credit == nil && $0.source.split == .train })
    }

    @Test func `publishes after the last epoch of supervised learning and after each round of preference`() throws {
        let plan = try plan()
        let published = [0, 2].map { stage in
            (0..<plan.roundCount(of: plan.recipe.stages[stage])).map { round in
                plan.publishes(afterRound: round, of: plan.recipe.stages[stage])
            }
        }
        #expect(published == [[false, false, true], [true, true]])
    }

    @Test func `improves on problems that no other round or stage has seen`() throws {
        let plan = try plan()
        let seen = [(0, 0), (2, 0), (2, 1), (3, 0)].flatMap { stage, round in
            indices(plan.orders(stage: stage, round: round, policyVersion: 0))
        }
        #expect(seen.count == 430)
        #expect(Set(seen).count == 430)
    }

    @Test func `keeps the longest stage that a recipe may have apart from the next`() throws {
        let plan = RunPlan(
            recipe: try Recipe(
                yaml: """
                    stages:
                      - preference: {name: a, rounds: 100000, problems_per_round: 10000000}
                      - preference: {name: b}
                    """, file: "test"))
        let last = try #require(plan.orders(stage: 0, round: 99_999, policyVersion: 0).last)
        let first = try #require(plan.orders(stage: 1, round: 0, policyVersion: 0).first)
        #expect(last.firstIndex + UInt64(last.count) <= first.firstIndex)
    }

    @Test func `evaluates the same problems each time, greedily and without credit`() throws {
        let plan = try plan()
        let orders = plan.orders(stage: 1, round: 0, policyVersion: 1)
        #expect(orders == plan.orders(stage: 4, round: 0, policyVersion: 1))
        #expect(orders.allSatisfy { $0.source.split == .test && $0.credit == nil })
        #expect(orders.allSatisfy { $0.sampling.temperature == 0 && $0.sampling.rollouts == 1 })
    }

    @Test func `finds answers in an evaluation as its stage says, and strictly in all else`() throws {
        let plan = RunPlan(
            recipe: try Recipe(
                yaml: """
                    stages:
                      - evaluate: {name: base, answers: last-number}
                      - supervised: {}
                      - preference: {}
                      - evaluate: {}
                    """, file: "test"))
        let rules = (0..<4).map { Set(plan.orders(stage: $0, round: 0, policyVersion: 0).map(\.answers)) }
        #expect(rules == [[.lastNumber], [.strict], [.strict], [.strict]])
    }

    @Test func `samples the problems that were taught where a stage asks for them, in every round`() throws {
        let plan = RunPlan(
            recipe: try Recipe(
                yaml: """
                    stages:
                      - supervised: {problems: 100}
                      - rejection_sampling: {rounds: 2, problems_per_round: 100, solutions_per_problem: 3, distinct: equations}
                      - preference: {problems: taught, problems_per_round: 50, pairs: farthest}
                      - preference: {name: fresh, problems_per_round: 50}
                    """, file: "test"))
        let taught = indices(plan.orders(stage: 0, round: 0, policyVersion: 0))
        for round in 0..<2 { #expect(indices(plan.orders(stage: 1, round: round, policyVersion: 0)) == taught) }
        #expect(indices(plan.orders(stage: 2, round: 0, policyVersion: 0)) == Array(taught.prefix(50)))
        #expect(Set(taught).isDisjoint(with: indices(plan.orders(stage: 3, round: 0, policyVersion: 0))))
        let credits = try (1...3).map { stage in
            try #require(plan.orders(stage: stage, round: 0, policyVersion: 0).first?.credit)
        }
        #expect(credits[0].positives == 3 && credits[0].negatives == 0 && credits[0].distinct == "equations")
        #expect(credits[1].pairs == "farthest" && credits[2].pairs == "")
    }

    @Test func `evaluates problems that were taught on exactly those`() throws {
        let plan = RunPlan(
            recipe: try Recipe(
                yaml: "stages: [supervised: {problems: 100}, evaluate: {split: taught, problems: 70}]", file: "test"))
        let taught = plan.orders(stage: 0, round: 0, policyVersion: 0)
        let evaluated = plan.orders(stage: 1, round: 0, policyVersion: 1)
        #expect(indices(evaluated) == Array(indices(taught).prefix(70)))
        #expect(evaluated.allSatisfy { $0.source == taught[0].source })
    }

    @Test func `evaluates the train split on problems that no stage trains on`() throws {
        let plan = RunPlan(
            recipe: try Recipe(
                yaml: """
                    stages:
                      - supervised: {problems: 100000000}
                      - preference: {}
                      - evaluate: {split: train, problems: 64}
                    """, file: "test"))
        let evaluated = Set(indices(plan.orders(stage: 2, round: 0, policyVersion: 0)))
        #expect(evaluated.allSatisfy { $0 >= 100_000_000 })
        #expect(evaluated.isDisjoint(with: indices(plan.orders(stage: 1, round: 0, policyVersion: 0))))
    }

    @Test func `tells samplers and the advantage service what the stage says`() throws {
        let order = try #require(try plan().orders(stage: 2, round: 1, policyVersion: 3).first)
        #expect(
            order.sampling == SamplingPlan(rollouts: 6, temperature: 1, topP: 1, topK: 7, maximumTokens: 160))
        #expect(
            order.credit
                == CreditPlan(
                    negatives: 3, continuations: 5, wave: 5, layout: "paper-1", positives: 2, positiveWeight: 0.5,
                    sampling: order.sampling, seed: 9))
    }

    @Test func `goes through a data set from where supervised stages end, stage after stage and round after round`()
        throws
    {
        let (sha256, testSHA256) = (String(repeating: "0a", count: 32), String(repeating: "12", count: 32))
        let plan = RunPlan(
            recipe: try Recipe(
                yaml: """
                    seed: 9
                    problems: {file: a, test_file: b, sha256: \(sha256), test_sha256: \(testSHA256)}
                    stages:
                      - supervised: {name: s, problems: 70}
                      - preference: {name: p, rounds: 3, problems_per_round: 100}
                      - supervised: {name: t, problems: 30}
                      - preference: {name: q, problems_per_round: 50}
                      - evaluate: {problems: 80}
                      - evaluate: {name: seen, problems: 80, split: train}
                    """, file: "test"))
        func ordered(_ stage: Int, _ round: Int) -> [UInt64] {
            indices(plan.orders(stage: stage, round: round, policyVersion: 0))
        }
        #expect(ordered(0, 1) == Array(0..<70) && ordered(2, 0) == Array(0..<30))
        #expect(ordered(1, 0) == Array(70..<170) && ordered(1, 2) == Array(270..<370))
        #expect(ordered(3, 0) == Array(370..<420) && ordered(3, 1) == Array(420..<470))
        #expect(ordered(4, 0) == Array(0..<80) && ordered(5, 0) == Array(0..<80))
        let sources = (0..<6).map { plan.orders(stage: $0, round: 0, policyVersion: 0)[0].source }
        let train = ProblemSource(seed: 9, dataSet: ContentHash(hexadecimal: sha256))
        let test = ProblemSource(seed: 9, split: .test, dataSet: ContentHash(hexadecimal: testSHA256))
        #expect(sources == [train, train, train, train, test, train])
    }

    @Test func `names the source with the recipe's seed and dials`() throws {
        let source = try plan().orders(stage: 1, round: 0, policyVersion: 0)[0].source
        #expect(
            source
                == ProblemSource(
                    family: "arithmetic", seed: 9, split: .test,
                    dials: ["operands=1..8", "steps=2..3", "style=mixed", "values=-5..50"]))
    }

    @Test func `names the dials that another family is given`() throws {
        let plan = RunPlan(
            recipe: try Recipe(
                yaml: """
                    problems: {family: puzzle, dials: {numbers: [3, 5], bound: 900, operations: +-}}
                    stages:
                      - preference: {values: exact}
                      - evaluate: {split: range-shift, problems: 10}
                      - evaluate: {name: f, split: form-shift, problems: 10}
                    """, file: "test"))
        let orders = (0..<3).map { plan.orders(stage: $0, round: 0, policyVersion: 0)[0] }
        #expect(orders.map(\.source.split) == [.train, .rangeShift, .formShift])
        #expect(orders.allSatisfy { $0.source.family == "puzzle" })
        #expect(orders.allSatisfy { $0.source.dials == ["bound=900", "numbers=3..5", "operations=+-"] })
        #expect(orders[0].credit?.values == .exact)
        #expect(orders[1].firstIndex == 0 && orders[2].firstIndex == 0)
    }

    @Test func `samples values unless the recipe says otherwise`() throws {
        #expect(try plan().orders(stage: 2, round: 0, policyVersion: 0)[0].credit?.values == .sampled)
    }

    @Test func `orders a stage with a curriculum by its pass rates, or by the dials of its level`() throws {
        let recipe = try Recipe(
            yaml: """
                problems: {family: constraints, dials: {splits: 1, domain: [1, 7]}}
                stages: [{preference: {curriculum: true, answers: stated}}, {evaluate: {answers: anywhere}}]
                """, file: "test")
        let plan = RunPlan(recipe: recipe)
        let point = DecisionPoint(passRates: [PassRate(level: "1 step", correct: 1, rollouts: 2)], difficulty: 1)
        let bySteps = plan.orders(stage: 0, round: 1, policyVersion: 0, curriculum: RoundCurriculum(point))
        #expect(bySteps.allSatisfy { $0.curriculum && $0.answers == .stated && $0.passRates == point.passRates })
        #expect(bySteps[0].source.dials == ["domain=1..7", "splits=1"])
        let levels = [["splits": "0"], ["splits": "3", "variables": "4"]]
        let byLevel = plan.orders(
            stage: 0, round: 1, policyVersion: 0, curriculum: RoundCurriculum(point, levels: levels))
        #expect(byLevel[0].source.dials == ["domain=1..7", "splits=3", "variables=4"] && byLevel[0].passRates.isEmpty)
        // Evaluations are of the recipe's dials, so that they can be compared.
        let evaluation = plan.orders(stage: 1, round: 0, policyVersion: 0)
        #expect(evaluation.allSatisfy { !$0.curriculum && $0.answers == .anywhere })
        #expect(evaluation[0].source.dials == ["domain=1..7", "splits=1"])
    }
}
