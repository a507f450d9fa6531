import Mathematics
import Testing

@Suite struct Grading {
    @Test(arguments: [
        ("7+5=12\n#### 12", "12", Verdict.correct),
        ("wrong steps\n#### 1,200", "1200", .correct),
        ("#### 12", "+012", .correct),
        ("#### -0", "0", .correct),
        ("#### 12", "-12", .incorrect),
        ("#### 13", "12", .incorrect),
        ("#### 12\n#### 13", "12", .incorrect),
        ("#### 13\n#### 12", "12", .correct),
        ("#### 12.", "12", .noAnswer),
        ("", "12", .noAnswer),
        ("12", "12", .noAnswer),
    ])
    func `a solution is graded by its final answer`(solution: String, reference: String, verdict: Verdict) {
        #expect(grade(solution: solution, reference: reference).verdict == verdict)
    }

    @Test(arguments: [
        ("#### 1/2", "0.5", Verdict.correct), ("#### \\frac{1}{2}", "1/2", .correct),
        ("#### (3, 4)", "(3,4)", .correct),
        ("#### 2/3", "1/2", .incorrect), ("1/2", "1/2", .noAnswer), ("#### ", "1/2", .noAnswer),
    ])
    func `a reference that is no integer is compared by its value`(
        solution: String, reference: String, verdict: Verdict
    ) {
        #expect(grade(solution: solution, reference: reference).verdict == verdict)
    }

    @Test(arguments: ["", " ", "."])
    func `a reference that is no answer is an error, whatever the solution`(reference: String) {
        let graded = grade(solution: "#### 12", reference: reference)
        #expect(graded.errorKind == .reference)
        #expect(graded.verdict == .error(reason: graded.reason))
        #expect(graded.reason.contains("\"\(reference)\""))
    }

    @Test func `an error has no reward, and only a correct solution has reward 1`() {
        #expect(Verdict.correct.reward == 1)
        #expect(Verdict.incorrect.reward == 0)
        #expect(Verdict.noAnswer.reward == 0)
        #expect(Verdict.error(reason: "The verifier stopped.").reward == nil)
        #expect(Verdict.correct.isCorrect)
        #expect(!Verdict.error(reason: "The verifier stopped.").isCorrect)
    }
}
