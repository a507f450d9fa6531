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
        case .formula: grade(formulaResult(of: solution), of: solution)
        }
    }

    /// What the check of formulas finds; nil where the question or the reference answer cannot be read.
    private func formulaResult(of solution: some StringProtocol) -> DerivationResult? {
        guard let question = FormulaQuestion(question), let reference = try? Formula(parsing: referenceAnswer),
            reference.columns.allSatisfy(question.table.columns.contains)
        else { return nil }
        return FormulaCheck.check(solution, of: question, reference: reference)
    }

    /// The grade of a derivation by what its check found; nil where the problem cannot be read.
    private func grade(_ result: DerivationResult?, of solution: some StringProtocol) -> GradedSolution {
        let answer =
            check == .formula ? FormulaDerivation(solution)?.answer : Derivation(solution).map { "\($0.answer)" }
        switch result {
        case .correct: return GradedSolution(verdict: .correct, answer: answer, reason: "")
        case .incorrect(_, let reason): return GradedSolution(verdict: .incorrect, answer: answer, reason: reason)
        case .noAnswer:
            let wanted = check == .formula ? "a formula" : "an integer"
            return GradedSolution(verdict: .noAnswer, answer: nil, reason: "There is no line #### with \(wanted).")
        case nil:
            let reason =
                "A problem must have the form of its check, which is \(check); got the question "
                + "\"\(question.prefix(40))\". Correct the problem."
            return GradedSolution(verdict: .error(reason: reason), answer: answer, reason: reason)
        }
    }
}
