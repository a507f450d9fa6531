import AdvantageCore
import Testing
import Wire

@Suite struct `The advantage service with exact values` {
    /// The one way to 5 is (9+6)/3.
    private let puzzle = Problem(question: "3 6 9 -> 5", referenceAnswer: "5", check: .puzzle)
    private let right = (text: "9+6=15\n15/3=5\n#### 5", grade: Grade.correct as Grade?)
    private let late = (text: "9+6=15\n15-3=12\n#### 12", grade: Grade.incorrect as Grade?)
    private let early = (text: "6/3=2\n9-2=7\n#### 7", grade: Grade.incorrect as Grade?)

    private func plan(layout: String = "next-step", values: ValueSource = .exact) -> CreditPlan {
        CreditPlan(
            negatives: 2, continuations: 3, wave: 1, layout: layout,
            sampling: SamplingPlan(rollouts: 8, temperature: 1, topP: 1, maximumTokens: 64), values: values)
    }

    @Test func `samples nothing but ways around the pit, from the steps before it`() throws {
        var scene = try Scene([right, late], plan(), of: puzzle)
        let request = try #require(try scene.requests.first)
        #expect(try scene.requests.count == 1)
        #expect(request.prefixText == "9+6=15\n" && request.prefixSteps == 1)
        #expect(request.prefixTokens == Scene.tokens("9+6=15\n"))
        // All at once, whatever the wave: there is one prefix alone.
        #expect(request.sampling.rollouts == 3)
        try scene.answer([[("15+3=18\n#### 18", .incorrect), ("15/3=5\n#### 5", .correct), ("#### 5", nil)]])
        #expect(
            try scene.outcome == Outcome(experience: 1, correct: 1, incorrect: 1, pits: 1, continuations: 3))
        let pair = try #require(try scene.experience.first)
        #expect(pair.contextTokens == Scene.promptTokens + Scene.tokens("9+6=15\n"))
        #expect(pair.chosenTokens == Scene.tokens("15/3=5\n"))
        #expect(pair.rejectedTokens == Scene.tokens("15-3=12\n"))
    }

    @Test func `keeps what it found and sampled with the group`() throws {
        var scene = try Scene([right, early, late], plan(), of: puzzle)
        try scene.answer([[("15/3=5\n#### 5", .correct), ("#### 5", .gradingError), ("15/5=3\n#### 3", .incorrect)]])
        let group = try Group(decoding: scene.lease.item.body)
        #expect(group.credit.values == .exact)
        #expect(group.searches.map(\.exactPit) == [1, 2])
        #expect(try scene.outcome?.pits == 2)
        #expect(
            try scene.experience.map(\.rejectedTokens) == [Scene.tokens("6/3=2\n"), Scene.tokens("15-3=12\n")])
    }

    @Test func `samples nothing at all for a pit in the first step, nor for pairs of whole solutions`() throws {
        let first = try Scene([right, early], plan(), of: puzzle)
        #expect(try first.outcome?.continuations == 0)
        #expect(try first.experience.map(\.chosenTokens) == [Scene.tokens("9+6=15\n")])
        #expect(try first.experience.map(\.rejectedTokens) == [Scene.tokens("6/3=2\n")])
        let whole = try Scene([right, late], plan(layout: "paper-1"), of: puzzle)
        #expect(try whole.outcome?.continuations == 0)
        #expect(try whole.experience.map(\.chosenTokens) == [Scene.tokens(right.text, ends: true)])
        #expect(try whole.experience.map(\.rejectedTokens) == [Scene.tokens("9+6=15\n15-3=12\n")])
    }

    @Test func `finds a pit in a step that does not hold`() throws {
        let false1 = (text: "9+6=16\n16/3=5\n#### 5", grade: Grade.incorrect as Grade?)
        #expect(
            try Scene([right, false1], plan(), of: puzzle).experience.map(\.rejectedTokens) == [
                Scene.tokens("9+6=16\n")
            ])
    }

    @Test func `has no pair where no way around the pit was sampled`() throws {
        var scene = try Scene([right, late], plan(), of: puzzle)
        try scene.answer([[("#### 5", .incorrect), ("15-3=12\n#### 12", .incorrect), ("#### 5", nil)]])
        #expect(
            try scene.outcome
                == Outcome(
                    correct: 1, incorrect: 1, pits: 1, continuations: 3, reason: "no way around a pit was sampled"))
    }

    @Test func `does so by its own wish too, which stays with the group`() throws {
        var scene = try Scene([right, late], plan(values: .sampled), of: puzzle, exactValues: true)
        #expect(try scene.requests.map(\.sampling.rollouts) == [3])
        // The next turn is another process's, which was not told.
        try scene.answer([[("15/3=5\n#### 5", .correct), ("#### 5", .incorrect), ("#### 5", .incorrect)]])
        #expect(try scene.experience.map(\.rejectedTokens) == [Scene.tokens("15-3=12\n")])
    }

    @Test func `does not need them where there is no correct or no incorrect rollout`() throws {
        #expect(try Scene([right, right], plan(), of: puzzle).outcome?.reason == "no rollout is incorrect")
        #expect(try Scene([late, early], plan(), of: puzzle).outcome?.reason == "no rollout is correct")
    }

    @Test func `makes no pair of a rollout whose steps are no lines`() throws {
        let scene = try Scene([right, late], plan(), of: puzzle)
        var lease = scene.lease
        var rollout = try Rollout(decoding: lease.members[1].body)
        rollout.stepEnds.removeFirst()
        lease.members[1].body = rollout.encoded()
        let ending = try #require(try Advantage.complete(lease).endings.first)
        #expect(
            try Outcome(decoding: ending.result)
                == Outcome(correct: 1, incorrect: 1, reason: "the steps of the incorrect rollouts are no lines"))
    }

    @Test func `is refused for problems without exact values, and for puzzles that are too large`() {
        let arithmetic = Problem(question: "7; +5", referenceAnswer: "12")
        for exact in [false, true] {
            let error = #expect(throws: (any Error).self) {
                try Scene([right, right], plan(values: exact ? .sampled : .exact), of: arithmetic, exactValues: exact)
            }
            #expect(error.map { "\($0)".contains("Exact values are known of puzzles alone") } == true)
        }
        let large = Problem(question: "1 1 1 1 1 1 1 1 -> 8", referenceAnswer: "8", check: .puzzle)
        let error = #expect(throws: (any Error).self) {
            try Scene([right, ("1+1=2\n#### 2", .incorrect)], plan(), of: large)
        }
        #expect(error.map { "\($0)".contains("at most 6 numbers") } == true)
    }
}
