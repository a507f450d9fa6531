import Credit
import Testing

@Suite struct `Pairs by outcome` {
    private let correct = ["aaaa", "abcd", "zzzz"]
    private let incorrect = ["aaab", "abcx", "zzyy", "qqqqqqqq"]

    @Test func `at random are one for each incorrect rollout, and follow from the seed`() {
        func drawn(_ seed: UInt64, _ problem: String, limit: Int = 9) -> [[Int]] {
            OutcomePairs.random.pairs(
                correct: correct, incorrect: incorrect, limit: limit, seed: seed, problem: problem
            ).map { [$0.correct, $0.incorrect] }
        }
        #expect(Set(drawn(1, "p").map { $0[1] }) == Set(0..<4) && drawn(1, "p").count == 4)
        #expect(drawn(1, "p") == drawn(1, "p"))
        // Of many seeds each correct rollout is drawn about as often, and so is the first pair.
        let many = (0..<600).map { drawn($0, "p", limit: 1)[0] }
        for place in 0..<3 { #expect((140...260).contains(many.count { $0[0] == place })) }
        for place in 0..<4 { #expect((100...200).contains(many.count { $0[1] == place })) }
        #expect((0..<20).contains { drawn($0, "p") != drawn($0, "q") })
    }

    @Test func `the farthest are by edit distance, each incorrect one once`() {
        let pairs = OutcomePairs.farthest.pairs(
            correct: correct, incorrect: incorrect, limit: 9, seed: 0, problem: "")
        // The first takes the long one at a distance of 8; abcd then finds zzyy (4), and zzzz the rest: aaab (4), before abcx (4).
        #expect(pairs.map(\.correct) == [0, 1, 2])
        #expect(pairs.map(\.incorrect) == [3, 2, 0])
        let one = OutcomePairs.farthest.pairs(correct: correct, incorrect: incorrect, limit: 1, seed: 0, problem: "")
        #expect(one.count == 1)
        let few = OutcomePairs.farthest.pairs(correct: correct, incorrect: ["x"], limit: 9, seed: 0, problem: "")
        #expect(few.count == 1)
    }

    @Test(arguments: OutcomePairs.allCases) func `there is none without both outcomes`(rule: OutcomePairs) {
        #expect(rule.pairs(correct: [], incorrect: incorrect, limit: 4, seed: 1, problem: "").isEmpty)
        #expect(rule.pairs(correct: correct, incorrect: [], limit: 4, seed: 1, problem: "").isEmpty)
        #expect(rule.pairs(correct: correct, incorrect: incorrect, limit: 0, seed: 1, problem: "").isEmpty)
    }
}
