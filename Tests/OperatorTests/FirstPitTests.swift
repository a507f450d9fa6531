import Ledger
import Testing
import Wire

@testable import OperatorCore

@Suite struct `Where solutions of puzzles are lost` {
    private func counts(of solutions: [String], question: String = "1 2 3 -> 6", check: SolutionCheck = .puzzle) throws
        -> [Int]
    {
        try EvaluationResult(
            stage: 0, policyVersion: 1, grades: solutions.map { _ in [.incorrect] }, solutions: solutions,
            problems: solutions.map { _ in Problem(question: question, check: check) }
        ).firstPitCounts()
    }

    @Test func `is counted by the step after which the target cannot be reached`() throws {
        let right = "1+2=3\n3+3=6\n#### 6"
        #expect(try counts(of: [right, right]) == [])
        #expect(
            try counts(of: ["3-2=1\n1+1=2\n#### 2", right, "1+2=3\n3-3=0\n#### 0", "1+2=4\n", "1+2=3\n3+3=6\n#### 7"])
                == [2, 1, 1])
    }

    @Test func `is not known of other problems`() throws {
        #expect(try counts(of: ["1>2\n"], question: "1>2 | 1 2", check: .path) == [])
    }
}
