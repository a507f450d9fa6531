import Ledger
import Testing
import Wire

@Suite struct `How an evaluation came out` {
    @Test func `tells where the first line is the reference's, whatever follows it`() {
        let result = EvaluationResult(
            stage: 0, policyVersion: 1, grades: [[.correct], [.incorrect], [.incorrect], [.noAnswer]],
            solutions: ["1>2\n2>3\n#### 3", "1>2\n2>4\n#### 4", "1>5\n5>6\n#### 6", ""],
            problems: Array(repeating: Problem(referenceSolution: "1>2\n2>3\n#### 3"), count: 4))
        #expect(result.hasReferenceFirstStep == [true, true, false, false])
        #expect(result.isCorrect == [true, false, false, false])
    }
}
