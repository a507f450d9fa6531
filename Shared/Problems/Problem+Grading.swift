public import Mathematics

extension Problem {
    /// Grades a solution by the problem's check: the one place that decides what is correct.
    ///
    /// - Parameters:
    ///   - solution: the text that the policy wrote, without the question.
    ///   - rule: how its answer is found, where the check is `answer`; the line of marks is a part of every derivation.
    /// - Returns: a verdict of `.error` if the problem itself cannot be read, because then nothing can be said of the solution.
    public func grade(_ solution: some StringProtocol, by rule: AnswerRule = .strict) -> SolutionGrade {
        switch check {
        case .answer: gradeAnswer(of: solution, by: rule)
        case .puzzle:
            grade(Puzzle(question: question).map { PuzzleCheck.check(solution, of: $0) }, of: solution)
        case .path:
            grade(PathQuestion(question).map { PathCheck.check(solution, of: $0) }, of: solution)
        }
    }

    private func gradeAnswer(of solution: some StringProtocol, by rule: AnswerRule) -> SolutionGrade {
        let verdict = Mathematics.grade(solution: solution, by: rule, reference: referenceAnswer)
        let answer = FinalAnswer.extract(from: solution, by: rule)?.text ?? ""
        let reason =
            switch verdict {
            case .correct: ""
            case .incorrect: "The answer is \(referenceAnswer)."
            case .noAnswer: rule.noAnswerReason
            case .error(let reason): reason
            }
        return SolutionGrade(verdict: verdict, answer: answer, reason: reason)
    }

    /// The grade of a derivation by what its check found; nil where the question cannot be read.
    private func grade(_ result: DerivationResult?, of solution: some StringProtocol) -> SolutionGrade {
        let answer = Derivation(solution).map { "\($0.answer)" } ?? ""
        switch result {
        case .correct: return SolutionGrade(verdict: .correct, answer: answer, reason: "")
        case .incorrect(_, let reason): return SolutionGrade(verdict: .incorrect, answer: answer, reason: reason)
        case .noAnswer: return SolutionGrade(verdict: .noAnswer, answer: "", reason: AnswerRule.strict.noAnswerReason)
        case nil:
            let reason =
                "A question must have the form of its problem's check, which is \(check); got "
                + "\"\(question.prefix(40))\". Correct the problem."
            return SolutionGrade(verdict: .error(reason: reason), answer: answer, reason: reason)
        }
    }
}

extension AnswerRule {
    fileprivate var noAnswerReason: String {
        switch self {
        case .strict: "There is no line #### with an integer."
        case .lastNumber: "There is no line #### with an integer, and the last number is none."
        }
    }
}
