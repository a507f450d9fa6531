import Problems
import Testing

@testable import OperatorCore

@Suite struct `Statistics of problems` {
    private func problem(_ question: String, steps: Int, by strategy: String? = nil) -> Problem {
        Problem(
            question: question, referenceAnswer: "1",
            referenceSolution: String(repeating: "1+0=1\n", count: steps) + "#### 1",
            ancestry: strategy.map { [Ancestor(key: "k", strategy: $0)] } ?? [])
    }

    @Test func `count levels in the order of their steps, repeats, strategies and what others share`() {
        let problems = [
            problem("ab", steps: 10), problem("abcd", steps: 2, by: "more-complex"), problem("ab", steps: 2),
            problem("abcdefgh", steps: 2, by: "more-complex"),
        ]
        let others = [problem("ab", steps: 1), problem("x", steps: 1), problem("abcd", steps: 1)]
        let statistics = ProblemStatistics(problems, against: [("test", others), ("far", [])])
        #expect(statistics.count == 4 && statistics.duplicates == 1)
        #expect(statistics.levels.map(\.level) == ["2 steps", "10 steps"])
        #expect(statistics.levels.map(\.count) == [3, 1])
        #expect(statistics.strategies.map(\.strategy) == ["more-complex"] && statistics.strategies[0].count == 2)
        #expect(statistics.overlaps.map(\.shared) == [2, 0] && statistics.overlaps.map(\.count) == [3, 0])
        // Questions of 2, 4, 2 and 8 bytes; solutions of 66, 18, 18 and 18.
        #expect(statistics.questionBytes == 4 && statistics.solutionBytes == 30)
        #expect(statistics.text.contains("overlap     2 of 3 questions of test are among them"))
        #expect(statistics.json["levels"]?["10 steps"]?.json == "1")
    }

    @Test func `know no length of solutions that are not known`() {
        let bare = Problem(question: "q", referenceAnswer: "1", referenceSolution: nil)
        let statistics = ProblemStatistics([bare])
        #expect(statistics.solutionBytes == nil && statistics.levels.map(\.level) == ["unknown"])
    }
}
