/// The families of problems that a recipe can name.
public enum ProblemFamily: String, Sendable, CaseIterable {
    /// Integer arithmetic in several steps.
    case arithmetic
    /// Numbers to be combined to a target, each used once.
    case puzzle
    /// Paths through star-shaped graphs.
    case starGraph = "star-graph"
    /// Word problems on a graph of quantities.
    case words
    /// Formulas for a column of a table.
    case formula
    /// Integers that constraints determine, proved by Z3.
    case constraints
}

extension ProblemFamily: RecipeChoice {}
