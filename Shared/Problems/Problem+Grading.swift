public import Mathematics

extension Problem {
    /// Grades a solution by the problem's check: the one place that decides what is correct.
    ///
    /// - Parameters:
    ///   - solution: the text that the policy wrote, without the question.
    ///   - rule: how its answer is found, where the check is `answer`; the line of marks is a part of every derivation.
    /// - Returns: a verdict of `.error` if the problem itself cannot be read, because then nothing can be said of the solution.
    public func grade(_ solution: some StringProtocol, by rule: AnswerRule = .strict) -> GradedSolution {
        switch check {
        case .answer: Mathematics.grade(solution: solution, by: rule, reference: referenceAnswer)
        case .puzzle:
            grade(Puzzle(question: question).map { PuzzleCheck.check(solution, of: $0) }, of: solution)
        case .path:
            grade(PathQuestion(question).map { PathCheck.check(solution, of: $0) }, of: solution)
        }
    }

    /// The grade of a derivation by what its check found; nil where the question cannot be read.
    private func grade(_ result: DerivationResult?, of solution: some StringProtocol) -> GradedSolution {
        let answer = Derivation(solution).map { "\($0.answer)" }
        switch result {
        case .correct: return GradedSolution(verdict: .correct, answer: answer, reason: "")
        case .incorrect(_, let reason): return GradedSolution(verdict: .incorrect, answer: answer, reason: reason)
        case .noAnswer:
            return GradedSolution(verdict: .noAnswer, answer: nil, reason: "There is no line #### with an integer.")
        case nil:
            let reason =
                "A question must have the form of its problem's check, which is \(check); got "
                + "\"\(question.prefix(40))\". Correct the problem."
            return GradedSolution(verdict: .error(reason: reason), answer: answer, reason: reason)
        }
    }
}
