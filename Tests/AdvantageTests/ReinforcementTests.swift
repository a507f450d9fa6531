import AdvantageCore
import Testing
import Wire

@Suite struct `Rollouts with advantages` {
    private let right = (text: "7+5=12\n#### 12", grade: Grade.correct as Grade?)
    private let wrong = (text: "7+5=12\n12+1=13\n#### 13", grade: Grade.incorrect as Grade?)
    private let empty = (text: "7", grade: Grade.noAnswer as Grade?)
    private let failed = (text: "7+5=12\n#### x", grade: Grade.gradingError as Grade?)

    private func plan(
        _ rule: String, surveyed: Int = 0, overlong: Int = 0, dropsTruncated: Bool = false, limit: Int = 100
    ) -> CreditPlan {
        CreditPlan(
            continuations: 4, sampling: SamplingPlan(rollouts: 8, temperature: 1, topP: 1, maximumTokens: 30),
            advantage: AdvantagePlan(
                rule: rule, surveyed: surveyed, alpha: 3, overlongTokens: overlong, dropsTruncated: dropsTruncated,
                continuationLimit: limit))
    }

    /// The rewards are 1, 0 and 0, whose deviation is the root of a third.
    private static let advantages: [(rule: String, expected: [Double])] = [
        ("reward", [1, 0, 0]), ("centred", [0.6667, -0.3333, -0.3333]), ("leave-one-out", [1, -0.5, -0.5]),
        ("standardised", [1.1547, -0.57735, -0.57735]),
    ]

    @Test(arguments: advantages)
    func `of whole rollouts follow from the rewards, and errors have none`(rule: String, advantages: [Double]) throws {
        let scene = try Scene([right, failed, wrong, empty], plan(rule))
        let experience = try scene.experience
        #expect(experience.count == 3 && experience.allSatisfy { $0.kind == .advantages })
        for (rollout, advantage) in zip(experience, advantages) {
            #expect(rollout.advantages.count == rollout.chosenTokens.count)
            #expect(rollout.advantages.allSatisfy { abs(Double($0) - advantage) < 1e-4 })
            #expect(rollout.contextTokens == Scene.promptTokens && rollout.policyVersion == 4)
            #expect(rollout.chosenLogProbabilities == rollout.chosenTokens.map { -Float($0) / 64 })
        }
        #expect(experience[0].chosenTokens == Scene.tokens(right.text, ends: true))
        let outcome = try #require(try scene.outcome)
        #expect(outcome.experience == 3 && outcome.errors == 1 && outcome.correct == 1 && outcome.reason == "")
    }

    @Test(arguments: ["centred", "standardised", "leave-one-out"])
    func `of a group of equal rewards are none`(rule: String) throws {
        for graded in [right, wrong] {
            let scene = try Scene([graded, graded, failed], plan(rule))
            #expect(try scene.experience.isEmpty)
            #expect(try scene.outcome?.reason == "all rewards are equal, or all rollouts were cut off")
        }
        #expect(try Scene([right, right], plan("reward")).experience.count == 2)
    }

    @Test func `fine solutions that are nearly too long`() throws {
        // 14 and 24 tokens with their ends; of 30, the last 20 are fined.
        let scene = try Scene([right, wrong], plan("reward", overlong: 20))
        let lengths = try scene.experience.map(\.chosenTokens.count)
        let expected = zip([1.0, 0], lengths).map { $0 - max(0, Double($1 - 10) / 20) }
        for (experience, reward) in zip(try scene.experience, expected) {
            #expect(abs(Double(experience.advantages[0]) - reward) < 1e-6)
        }
        #expect(expected[0] < 1 && expected[1] < 0)
    }

    @Test func `of steps are asked for in one turn, for each distinct prefix of the surveyed rollouts`() throws {
        var scene = try Scene([failed, right, right, wrong, empty], plan("advantage", surveyed: 3))
        let requests = try scene.requests
        // All three begin with the same step; the incorrect one has a second before its last.
        #expect(requests.map(\.prefixRollout) == ["p.q.r1", "p.q.r3"])
        #expect(requests.map(\.prefixSteps) == [1, 2])
        #expect(requests.map(\.prefixText) == ["7+5=12\n", "7+5=12\n12+1=13\n"])
        #expect(requests.allSatisfy { $0.sampling.rollouts == 4 })

        let (good, bad) = (("#### 12", Grade.correct as Grade?), ("#### 13", Grade.incorrect as Grade?))
        try scene.answer([[good, good, good, bad], [bad, bad, ("#### x", nil), bad]])
        let experience = try scene.experience
        // 2 of 4 graded rollouts are correct. Values: 3/4, then 1 of the correct ones; 3/4, 0, 0 of the incorrect one. Repeats are trained on.
        let correct: [(Float, Int)] = [(0.25, 7), (0.25, 8)]
        let steps = [correct, correct, [(0.25, 7), (-0.75, 8), (0, 8)]]
        #expect(experience.map(\.advantages) == steps.map { $0.flatMap { Array(repeating: $0, count: $1) } })
        #expect(try scene.outcome?.continuations == 8)
        #expect(try scene.outcome?.experience == 3)
        #expect(try scene.outcome?.correctSteps == 4)
        #expect(try scene.outcome?.spuriousSteps == 0)
    }

    @Test(arguments: ["advantage", "sampled-pairs"])
    func `of steps tell how many of correct rollouts make no progress`(rule: String) throws {
        var scene = try Scene([failed, right, right, wrong, empty], plan(rule, surveyed: 3))
        let (good, bad) = (("#### 12", Grade.correct as Grade?), ("#### 13", Grade.incorrect as Grade?))
        // From 1/2 to 1/4 with the first step of both, and to 1 with the second; those of the incorrect one do not count.
        try scene.answer([[good, bad, bad, bad], [bad, bad, bad, bad]])
        #expect(try scene.outcome?.correctSteps == 4)
        #expect(try scene.outcome?.spuriousSteps == 2)
    }

    @Test func `of steps tell how many pits of half of the continuations the other half leaves`() throws {
        let (good, bad) = (("#### 12", Grade.correct as Grade?), ("#### 13", Grade.incorrect as Grade?))
        let found: [(second: [(String, Grade?)], false: Int)] = [
            ([bad, bad, bad, bad], 0), ([bad, bad, bad, good], 1), ([bad, ("#### x", nil), bad, good], 1),
        ]
        for (second, falseCount) in found {
            var scene = try Scene([failed, right, right, wrong, empty], plan("advantage", surveyed: 3))
            #expect(try scene.outcome == nil)
            try scene.answer([[good, bad, bad, bad], second])
            // The correct rollouts fail nowhere that counts.
            #expect(try scene.outcome?.heldOutPits == 1)
            #expect(try scene.outcome?.falsePits == falseCount)
        }
    }

    @Test(arguments: [(4, 1), (7, 1), (8, 2), (11, 2)])
    func `of steps are surveyed as far as the hub has room`(limit: Int, count: Int) throws {
        // The first two share a prefix; the third has another, and the fourth two more.
        let scene = try Scene(
            [right, ("7+5=13\n#### 13", .incorrect), ("7+5=12\n#### 11", .incorrect), wrong],
            plan("advantage", surveyed: 4, limit: limit))
        #expect(try scene.requests.count == count)
        let none = try Scene([right, wrong], plan("advantage", surveyed: 2, limit: 3))
        #expect(
            try none.outcome?.reason
                == "all rollouts were cut off, or have more prefixes than hub.fan_out_per_problem allows")
    }

    @Test func `of rollouts that were cut off are those of no answer, or none`() throws {
        let cutOff = (text: "7+5=12\n#### 12", grade: Grade.correct as Grade?)
        func scene(_ plan: CreditPlan) throws -> Scene { try Scene([right, cutOff, wrong], plan, cutOff: [1]) }
        #expect(try scene(plan("reward")).experience.map { $0.advantages[0] } == [1, 0, 0])
        #expect(try scene(plan("reward")).outcome?.correct == 1)
        let dropped = try scene(plan("centred", dropsTruncated: true)).experience
        // They count in the mean.
        #expect(dropped.map { abs($0.advantages[0] - 2 / 3) < 1e-6 } == [true, false] && dropped.count == 2)
        #expect(try scene(plan("advantage", surveyed: 3, dropsTruncated: true)).requests.count == 2)
    }

    @Test func `of a group that fines alone set apart are none`() throws {
        let scene = try Scene([wrong, ("7+5=13\n#### 13", .incorrect)], plan("standardised", overlong: 20))
        #expect(try scene.experience.isEmpty)
    }

    @Test func `of PAV add the prover's advantage to the value`() throws {
        var scene = try Scene([right, wrong], plan("process", surveyed: 2))
        let (good, bad) = (("#### 12", Grade.correct as Grade?), ("#### 13", Grade.incorrect as Grade?))
        try scene.answer([[good, good, good, bad], [bad, bad, bad, bad]])
        // The best of 4 solves the problem from the first step and not from the second; from the question with 1 - (1/2)^4.
        let start: Float = 1 - 1.0 / 16
        let rewards = try scene.experience.map { rollout in
            rollout.advantages.reduce(into: [Float]()) { if $0.last != $1 { $0.append($1) } }
        }
        #expect(rewards == [[0.75 + 3 * (1 - start), 1], [0.75 + 3 * (1 - start), -3, 0]])
    }

    @Test func `of PAV are known where some continuations of a prefix that fails were lost`() throws {
        var scene = try Scene([right, wrong], plan("process", surveyed: 2))
        let (good, bad) = (("#### 12", Grade.correct as Grade?), ("#### 13", Grade.incorrect as Grade?))
        try scene.answer([[good, good, good, bad], [bad, ("#### x", nil), bad, bad]])
        #expect(try scene.experience.count == 2)
    }

    @Test func `are none of a rollout with a prefix that could not be graded`() throws {
        var scene = try Scene([right, wrong], plan("advantage", surveyed: 2))
        let lost: [Scene.Graded] = Array(repeating: ("#### x", nil), count: 4)
        let bad: [Scene.Graded] = Array(repeating: ("#### 13", .incorrect), count: 4)
        try scene.answer([bad, lost])
        #expect(try scene.experience.map(\.chosenTokens) == [Scene.tokens(right.text, ends: true)])
    }

    @Test func `of a rollout of one step need no continuations`() throws {
        let scene = try Scene([("#### 12", .correct), ("#### 13", .incorrect)], plan("advantage", surveyed: 2))
        #expect(try scene.experience.map { $0.advantages[0] } == [0.5, -0.5])
        #expect(scene.turnCount == 1)
    }

    @Test func `by a rule that there is not are refused`() {
        #expect(throws: (any Error).self) { try Scene([right, wrong], plan("magic")) }
    }
}
