/// What came of grading one solution.
public struct GradedSolution: Hashable, Sendable {
    /// The grade.
    public let verdict: Verdict
    /// The answer as it was written; nil if there is none.
    public let answer: String?
    /// Why the verdict is what it is, in a sentence; empty where the answer is correct.
    public let reason: String
    /// The kind of error; nil unless the verdict is one.
    public let errorKind: GradingError.Kind?

    /// Puts a grade together.
    public init(verdict: Verdict, answer: String?, reason: String, errorKind: GradingError.Kind? = nil) {
        self.verdict = verdict
        self.answer = answer
        self.reason = reason
        self.errorKind = errorKind
    }
}

/// Grades a solution by its final answer alone; the steps are not looked at. docs/verdicts.md has the rules.
///
/// - Parameters:
///   - solution: the text that the policy wrote, without the question.
///   - rule: how its answer is found.
///   - reference: the reference answer.
///   - referenceRule: how the answer is found in the reference; nil if it is the answer and nothing else.
/// - Returns: a verdict of `.error` if the reference is no answer, because then nothing can be said of the solution, or if the
///   comparison is beyond the limits.
/// - Source: papers.md section 1.1 (the verifier looks only at the final answer).
public func grade(
    solution: some StringProtocol, by rule: AnswerRule = .strict, reference: some StringProtocol,
    referenceRule: AnswerRule? = nil
) -> GradedSolution {
    var written: String?
    do throws(GradingError) {
        var expected = String(reference)
        if let referenceRule { expected = try ExtractedAnswer.extract(from: reference, by: referenceRule)?.text ?? "" }
        // Most references of training are integers, which need not be read as anything else.
        let integer = rule == .strict || rule == .lastNumber ? FinalAnswer(parsing: expected) : nil
        let wanted = integer == nil ? try Answer(reading: expected) : nil
        guard integer != nil || wanted != nil else {
            throw GradingError(
                .reference, "A reference answer must be one; got \"\(expected.prefix(40))\". Correct the problem.")
        }
        guard let answer = try ExtractedAnswer.extract(from: solution, by: rule)?.text else {
            return GradedSolution(verdict: .noAnswer, answer: nil, reason: rule.noAnswerReason)
        }
        written = answer
        if let integer { return graded(answer, asIntegerBy: rule, expecting: integer) }
        guard let wanted, let given = try Answer(reading: answer) else {
            return GradedSolution(verdict: .noAnswer, answer: nil, reason: rule.noAnswerReason)
        }
        var comparison = AnswerComparison()
        var isCorrect = Choice.isSame(expected, answer)
        if !isCorrect { isCorrect = try comparison.areEqual(wanted, given) }
        return GradedSolution(
            verdict: isCorrect ? .correct : .incorrect, answer: answer,
            reason: isCorrect ? "" : "The answer is \(expected.prefix(80)).")
    } catch {
        return GradedSolution(
            verdict: .error(reason: error.message), answer: written, reason: error.message, errorKind: error.kind)
    }
}

private func graded(_ answer: String, asIntegerBy rule: AnswerRule, expecting expected: FinalAnswer) -> GradedSolution {
    guard let integer = FinalAnswer(parsing: answer) else {
        return GradedSolution(verdict: .noAnswer, answer: nil, reason: rule.noAnswerReason)
    }
    return GradedSolution(
        verdict: integer == expected ? .correct : .incorrect, answer: integer.text,
        reason: integer == expected ? "" : "The answer is \(expected.text).")
}

extension AnswerRule {
    /// Why a solution has no answer.
    var noAnswerReason: String {
        switch self {
        case .strict: "There is no line #### with an answer of the reference's form."
        case .stated: "There is no line ####, no \\boxed{} and no words that state an answer."
        case .lastNumber: "There is no line #### with an integer, and the last number is none."
        case .anywhere: "No answer is stated, and there is no number."
        }
    }
}
