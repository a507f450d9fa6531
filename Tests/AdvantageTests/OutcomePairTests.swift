import AdvantageCore
import Testing
import Wire

@Suite struct `Pairs of whole rollouts` {
    private let right = (text: "7+5=12\n#### 12", grade: Grade.correct as Grade?)
    private let other = (text: "#### 12", grade: Grade.correct as Grade?)
    private let wrong = (text: "7+5=12\n12+1=13\n#### 13", grade: Grade.incorrect as Grade?)
    private let near = (text: "7+5=13\n#### 13", grade: Grade.incorrect as Grade?)
    private let empty = (text: "7", grade: Grade.noAnswer as Grade?)

    private func plan(_ pairs: String, negatives: Int = 4, seed: UInt64 = 1) -> CreditPlan {
        CreditPlan(
            negatives: negatives, continuations: 4, wave: 4, layout: "next-step", positives: 1, positiveWeight: 0.5,
            sampling: SamplingPlan(rollouts: 8), pairs: pairs, seed: seed)
    }

    @Test func `the farthest are made in one turn, each incorrect one once`() throws {
        let scene = try Scene([right, wrong, other, near, right, empty], plan("farthest"))
        #expect(scene.turnCount == 1)
        let pairs = try scene.experience.filter { $0.kind == .preferencePair }
        #expect(pairs.map(\.chosenTokens) == [right, other].map { Scene.tokens($0.text, ends: true) })
        #expect(pairs.map(\.rejectedTokens) == [wrong, near].map { Scene.tokens($0.text, ends: true) })
        #expect(pairs.allSatisfy { $0.contextTokens == Scene.promptTokens && $0.layout == "farthest" })
        #expect(try scene.experience.count { $0.kind == .weightedTokens } == 1)
        #expect(try scene.outcome?.experience == 3 && scene.outcome?.pits == 0)
    }

    @Test func `at random are as many as asked for, and follow from the seed`() throws {
        let rollouts = [right, other, wrong, near]
        #expect(try Scene(rollouts, plan("random")).experience.count { $0.kind == .preferencePair } == 2)
        #expect(try Scene(rollouts, plan("random", negatives: 1)).experience.count { $0.kind == .preferencePair } == 1)
        let drawn = try (0..<8).map { try Scene(rollouts, plan("random", seed: $0)).experience.map(\.chosenTokens) }
        #expect(Set(drawn).count > 1)
        #expect(try Scene(rollouts, plan("random", seed: 3)).experience.map(\.chosenTokens) == drawn[3])
    }

    @Test(arguments: ["random", "farthest"]) func `are none without both outcomes`(pairs: String) throws {
        let scene = try Scene([wrong, near, empty], plan(pairs))
        #expect(try scene.experience.isEmpty)
        #expect(try scene.outcome?.reason == "no rollout is correct")
    }

    /// Two of the four have one list of equations; the last one's does not hold.
    @Test(arguments: [("", 4), ("equations", 2), ("edit-distance", 3)])
    func `correct rollouts that are learned are distinct by the plan's rule`(rule: String, count: Int) throws {
        let texts = [
            "We have <<7+5=12>>12 of them.\n#### 12", "There are <<7+5=12>>12.\n#### 12",
            "5 and 7 are <<5+7=12>>12, which is the sum that was asked for.\n#### 12",
            "We have <<7+5=13>>12 of them.\n#### 12",
        ]
        let plan = CreditPlan(positives: 4, positiveWeight: 1, sampling: SamplingPlan(rollouts: 8), distinct: rule)
        let scene = try Scene(texts.map { ($0, .correct) }, plan)
        #expect(try scene.experience.count == count)
        #expect(try scene.experience.allSatisfy { $0.kind == .weightedTokens && $0.weight == 1 })
        let none = try Scene(
            [(texts[3], .correct)], CreditPlan(positives: 4, sampling: SamplingPlan(rollouts: 8), distinct: "equations")
        )
        #expect(try none.outcome?.reason == "no correct rollout's annotations hold")
        // The service's own wish for exact values is for first pits.
        #expect(try Scene([right], CreditPlan(positives: 1), exactValues: true).experience.count == 1)
        #expect(throws: (any Error).self) {
            try Scene([right], CreditPlan(positives: 1, sampling: SamplingPlan(rollouts: 8), distinct: "colour"))
        }
    }

    @Test func `by a rule that there is not are refused`() {
        #expect(throws: (any Error).self) { try Scene([right, wrong], plan("nearest")) }
    }
}
