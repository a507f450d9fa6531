import AdvantageCore
import Testing
import Wire

@Suite struct `The advantage service` {
    private let right = (text: "7+5=12\n#### 12", grade: Grade.correct as Grade?)
    private let wrong = (text: "7+5=12\n12+1=13\n#### 13", grade: Grade.incorrect as Grade?)

    private func plan(
        continuations: Int = 2, wave: Int = 2, negatives: Int = 2, layout: String = "next-step", positives: Int = 0
    ) -> CreditPlan {
        CreditPlan(
            negatives: negatives, continuations: continuations, wave: wave, layout: layout, positives: positives,
            positiveWeight: 0.25, sampling: SamplingPlan(rollouts: 8, temperature: 1, topP: 1, maximumTokens: 64))
    }

    // MARK: The turns of a search

    @Test func `asks for continuations prefix by prefix, and ends in the pair of the first pit`() throws {
        var scene = try Scene([right, wrong], plan())
        let first = try #require(try scene.requests.first)
        #expect(first.prefixText == "7+5=12\n")
        #expect(first.prefixTokens == Scene.tokens("7+5=12\n"))
        #expect(first.prefixSteps == 1 && first.prefixRollout == "p.q.r1")
        #expect(first.sampling.rollouts == 2 && first.sampling.maximumTokens == 64)
        #expect(first.policyVersion == 4 && !first.latestPolicy)
        #expect(try scene.outcome == nil)

        try scene.answer([[("#### 11", .incorrect), ("#### 12", .correct)]])
        #expect(try scene.requests.map(\.prefixText) == ["7+5=12\n12+1=13\n"])

        try scene.answer([[("#### 13", .incorrect), ("#### 13", .noAnswer)]])
        #expect(
            try scene.outcome
                == Outcome(experience: 1, correct: 1, incorrect: 1, pits: 1, continuations: 4))
        let pair = try #require(try scene.experience.first)
        #expect(pair.kind == .preferencePair && pair.layout == "next-step")
        #expect(pair.contextTokens == Scene.promptTokens + Scene.tokens("7+5=12\n"))
        #expect(pair.chosenTokens == Scene.tokens("#### 12", ends: true))
        #expect(pair.rejectedTokens == Scene.tokens("12+1=13\n"))
        #expect(pair.policyVersion == 4)
    }

    @Test func `sets a correct rollout's first step against a pit in the first step`() throws {
        var scene = try Scene([right, ("7+5=13\n#### 13", .incorrect)], plan())
        try scene.answer([[("#### 13", .incorrect), ("#### 14", .incorrect)]])
        let pair = try #require(try scene.experience.first)
        #expect(pair.contextTokens == Scene.promptTokens)
        #expect(pair.chosenTokens == Scene.tokens("7+5=12\n"))
        #expect(pair.rejectedTokens == Scene.tokens("7+5=13\n"))
    }

    @Test func `takes the last step for the pit when all prefixes pass, without asking for more`() throws {
        var scene = try Scene([right, ("7+5=12\n#### 13", .incorrect)], plan())
        try scene.answer([[("#### 12", .correct), ("#### 13", .incorrect)]])
        #expect(try scene.outcome?.continuations == 2)
        #expect(try scene.experience.map(\.rejectedTokens) == [Scene.tokens("#### 13", ends: true)])
    }

    @Test func `asks in waves, and stops at the first success`() throws {
        var scene = try Scene([right, wrong], plan(continuations: 3, wave: 1))
        try scene.answer([[("#### 13", .incorrect)]])
        #expect(try scene.requests.map(\.prefixSteps) == [1])
        try scene.answer([[("#### 12", .correct)]])
        #expect(try scene.requests.map(\.prefixSteps) == [2])
        for _ in 0..<3 {
            #expect(try scene.outcome == nil)
            try scene.answer([[("#### 13", .incorrect)]])
        }
        #expect(try scene.outcome?.continuations == 5)
        #expect(try scene.experience.map(\.chosenTokens) == [Scene.tokens("#### 12", ends: true)])
    }

    @Test func `searches several rollouts side by side, and keeps their continuations apart`() throws {
        let other = (text: "7+5=10\n#### 10", grade: Grade.incorrect as Grade?)
        var scene = try Scene([wrong, right, other], plan())
        #expect(try scene.requests.map(\.prefixRollout) == ["p.q.r0", "p.q.r2"])
        try scene.answer([
            [("#### 12", .correct), ("#### 12", .correct)], [("#### 1", .incorrect), ("#### 2", .incorrect)],
        ])
        // The second search is over; the first goes on.
        #expect(try scene.requests.map(\.prefixRollout) == ["p.q.r0"])
        try scene.answer([[("#### 1", .incorrect), ("#### 2", .incorrect)]])
        #expect(try scene.outcome?.pits == 2)
        #expect(
            try scene.experience.map(\.rejectedTokens) == [Scene.tokens("12+1=13\n"), Scene.tokens("7+5=10\n")])
    }

    @Test func `searches as many incorrect rollouts as the plan says, and no text twice`() throws {
        let others: [Scene.Graded] = [("7+5=10\n#### 10", .incorrect), ("7+5=9\n#### 9", .incorrect)]
        let scene = try Scene([right, wrong, wrong] + others, plan(negatives: 2))
        #expect(try scene.requests.map(\.prefixRollout) == ["p.q.r1", "p.q.r3"])
    }

    // MARK: Problems without a pair

    @Test func `ends a problem whose rollouts are all correct, with the reason`() throws {
        let scene = try Scene([right, right], plan())
        #expect(try scene.outcome == Outcome(correct: 2, reason: "no rollout is incorrect"))
    }

    @Test func `ends a problem whose rollouts are all incorrect, with the reason`() throws {
        let scene = try Scene([wrong, ("7+5=", .noAnswer)], plan())
        #expect(try scene.outcome == Outcome(incorrect: 1, noAnswer: 1, reason: "no rollout is correct"))
        #expect(try scene.requests.isEmpty)
    }

    @Test func `makes no pair of a pit that a correct rollout has come through`() throws {
        var scene = try Scene([right, ("7+5=12\n#### 13", .incorrect)], plan())
        try scene.answer([[("#### 11", .incorrect), ("#### 13", .incorrect)]])
        #expect(
            try scene.outcome
                == Outcome(
                    correct: 1, incorrect: 1, pits: 1, continuations: 2, reason: "every pit can be recovered from"))
    }

    // MARK: Errors are not failures

    @Test func `blames neither policy nor problem when nothing could be graded`() throws {
        let scene = try Scene([(right.text, .gradingError), (wrong.text, nil)], plan())
        #expect(
            try scene.outcome
                == Outcome(
                    errors: 2, reason: "no rollout could be graded",
                    errorKinds: [ErrorCount(kind: "lost", count: 1), ErrorCount(kind: "other", count: 1)]))
    }

    @Test func `searches no rollout that could not be graded`() throws {
        let scene = try Scene([(wrong.text, .gradingError), right, wrong, (wrong.text, nil)], plan())
        #expect(try scene.requests.map(\.prefixRollout) == ["p.q.r2"])
    }

    @Test func `asks again for continuations that could not be graded`() throws {
        var scene = try Scene([right, wrong], plan())
        try scene.answer([[("#### 13", .incorrect), ("#### 12", nil)]])
        #expect(try scene.requests.map(\.sampling.rollouts) == [1])
        #expect(try scene.requests.map(\.prefixSteps) == [1])
        try scene.answer([[("#### 12", .correct)]])
        #expect(try scene.requests.map(\.prefixSteps) == [2])
    }

    @Test func `gives a search up when continuations cannot be graded again`() throws {
        var scene = try Scene([right, wrong], plan())
        try scene.answer([[("#### 13", .incorrect), ("#### 12", nil)]])
        try scene.answer([[("#### 12", .gradingError)]])
        #expect(
            try scene.outcome
                == Outcome(
                    correct: 1, incorrect: 1, continuations: 3, reason: "continuations could not be graded"))
    }

    // MARK: Layouts and positives

    @Test func `makes pairs in the layout of paper 1`() throws {
        let long = (text: "7+1=8\n8+4=12\n#### 12", grade: Grade.correct as Grade?)
        var scene = try Scene([long, right, wrong], plan(layout: "paper-1"))
        try scene.answer([[("#### 12", .correct), ("#### 12", .correct)]])
        try scene.answer([[("#### 13", .incorrect), ("#### 13", .incorrect)]])
        let pair = try #require(try scene.experience.first)
        #expect(pair.layout == "paper-1")
        #expect(pair.contextTokens == Scene.promptTokens)
        #expect(pair.chosenTokens == Scene.tokens(right.text, ends: true))
        #expect(pair.rejectedTokens == Scene.tokens("7+5=12\n12+1=13\n"))
    }

    @Test func `makes weighted tokens of distinct correct rollouts, as many as the plan says`() throws {
        let long = (text: "7+1=8\n8+4=12\n#### 12", grade: Grade.correct as Grade?)
        let all = try Scene([right, right, long], plan(positives: 3))
        #expect(try all.outcome == Outcome(experience: 2, correct: 3))
        let positive = try #require(try all.experience.last)
        #expect(positive.kind == .weightedTokens && positive.weight == 0.25)
        #expect(positive.contextTokens == Scene.promptTokens)
        #expect(positive.chosenTokens == Scene.tokens(long.text, ends: true))
        #expect(positive.chosenLogProbabilities == Scene.rollout(long.text).logProbabilities)
        let one = try Scene([right, right, long], plan(positives: 1))
        #expect(try one.experience.map(\.chosenTokens) == [Scene.tokens(right.text, ends: true)])
    }

    // MARK: What it refuses

    @Test func `refuses a layout that it does not know`() {
        #expect(throws: (any Error).self) { try Scene([right, right], plan(layout: "sideways")) }
    }

    @Test func `refuses a group without the rollouts it refers to`() throws {
        let scene = try Scene([right, wrong], plan())
        var lease = scene.lease
        lease.item.body = Group(credit: plan(), turn: 1, searches: [PitSearch(rollout: "p.q.r7", asked: 2)]).encoded()
        #expect(throws: (any Error).self) { try Advantage.complete(lease) }
        lease.attachments = []
        #expect(throws: (any Error).self) { try Advantage.complete(lease) }
    }
}
