/// How the solutions of a problem are checked.
public enum SolutionCheck: Sendable, CaseIterable {
    /// By the final answer alone; the steps are not looked at.
    case answer
    /// As a derivation that uses the numbers of a puzzle; see `PuzzleCheck`.
    case puzzle
    /// As a path through a graph; see `PathCheck`.
    case path
    /// As steps to a formula that gives what the reference answer, a formula, gives; see `FormulaCheck`.
    case formula
}
