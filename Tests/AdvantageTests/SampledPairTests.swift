import AdvantageCore
import Testing
import Wire

@Suite struct `Sampled pairs` {
    private let right = (text: "7+5=12\n#### 12", grade: Grade.correct as Grade?)
    private let wrong = (text: "7+5=12\n12+1=13\n#### 13", grade: Grade.incorrect as Grade?)
    private let other = (text: "7-5=2\n#### 2", grade: Grade.incorrect as Grade?)

    private func plan(surveyed: Int) -> CreditPlan {
        CreditPlan(
            continuations: 3, sampling: SamplingPlan(rollouts: 4, temperature: 1, topP: 1, maximumTokens: 30), seed: 5,
            advantage: AdvantagePlan(rule: "sampled-pairs", surveyed: surveyed, continuationLimit: 100))
    }

    @Test func `are steps that were taken after the same prefix`() throws {
        var scene = try Scene([right, wrong, other], plan(surveyed: 3))
        // 7+5=12, which two rollouts begin with, then with 12+1=13, and 7-5=2.
        #expect(try scene.requests.map(\.prefixText) == ["7+5=12\n", "7+5=12\n12+1=13\n", "7-5=2\n"])
        #expect(try scene.requests.map(\.sampling.rollouts) == [3, 3, 3])
        let ends = (text: "#### 12", grade: Grade.correct as Grade?)
        let goesOn = (text: "12-1=11\n#### 11", grade: Grade.incorrect as Grade?)
        let lost = (text: "#### 13", grade: Grade.incorrect as Grade?)
        try scene.answer([[ends, goesOn, ends], [lost, lost, lost], [lost, (text: "x", grade: nil), ends]])
        let pairs = try scene.experience
        #expect(!pairs.isEmpty)
        let steps: [[UInt32]: Set<[UInt32]>] = [
            []: [Scene.tokens("7+5=12\n"), Scene.tokens("7-5=2\n")],
            Scene.tokens("7+5=12\n"): [Scene.tokens("#### 12", ends: true), Scene.tokens("12-1=11\n")],
            Scene.tokens("7-5=2\n"): [Scene.tokens("#### 13", ends: true), Scene.tokens("#### 12", ends: true)],
        ]
        for pair in pairs {
            #expect(pair.kind == .preferencePair && pair.layout == "sampled" && pair.policyVersion == 4)
            #expect(pair.contextTokens.starts(with: Scene.promptTokens))
            let prefix = Array(pair.contextTokens.dropFirst(Scene.promptTokens.count))
            // After the second prefix all continuations begin alike, so that no pair is of it.
            #expect(steps[prefix] == [pair.chosenTokens, pair.rejectedTokens])
        }
        // Three draws at the start, two after the prefix that two rollouts have, one after each of the others.
        #expect(pairs.count <= 3 + 2 + 1)
        #expect(try scene.outcome?.reason == "")
    }

    @Test func `are none where all steps are the same`() throws {
        var scene = try Scene([right, right], plan(surveyed: 2))
        let ends = (text: "#### 12", grade: Grade.correct as Grade?)
        try scene.answer([[ends, ends, ends]])
        #expect(try scene.experience.isEmpty)
        #expect(try scene.outcome?.reason == "no two different steps were drawn")
    }
}
