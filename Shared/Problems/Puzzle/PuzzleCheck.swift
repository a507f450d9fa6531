/// Checks solutions of puzzles.
public enum PuzzleCheck {
    /// Checks a whole derivation: each line before the line of marks is a step `a op b = c` whose c is right and whose a and b
    /// are left, so that every given and every computed number is used exactly once; then one number is left, which is the
    /// target and stands on the line of marks.
    ///
    /// Nothing of the text is trusted: its numbers have at most 12 digits and its first wrong line ends the work, which takes
    /// time linear in the length.
    ///
    /// - Source: papers.md section 3.
    public static func check(_ solution: some StringProtocol, of puzzle: Puzzle) -> DerivationResult {
        guard let derivation = Derivation(solution) else { return .noAnswer }
        var state = PuzzleDerivation(puzzle)
        for (index, line) in derivation.steps.enumerated() {
            if let fault = state.take(line) {
                return .incorrect(step: index + 1, reason: "Step \(index + 1), \"\(excerpt(line))\", \(fault).")
            }
        }
        guard let fault = state.fault(ofAnswer: derivation.answer, target: puzzle.target) else { return .correct }
        return .incorrect(
            step: derivation.answerStep,
            reason: "The answer \(derivation.answer) in step \(derivation.answerStep) \(fault).")
    }
}
