/// Grades a solution by its final answer alone; the steps are not looked at.
///
/// - Parameters:
///   - solution: the text that the policy wrote, without the question.
///   - rule: how its answer is found.
///   - reference: the reference answer, a bare integer as `FinalAnswer.init(parsing:)` reads it.
/// - Returns: `.error` if the reference is not an integer, because then nothing can be said of the solution.
/// - Source: papers.md section 1.1 (the verifier looks only at the final answer).
public func grade(
    solution: some StringProtocol, by rule: AnswerRule = .strict, reference: some StringProtocol
) -> Verdict {
    guard let expected = FinalAnswer(parsing: reference) else {
        return .error(
            reason: "A reference answer must be one integer; got \"\(reference.prefix(40))\". Correct the problem.")
    }
    guard let answer = FinalAnswer.extract(from: solution, by: rule) else { return .noAnswer }
    return answer == expected ? .correct : .incorrect
}
