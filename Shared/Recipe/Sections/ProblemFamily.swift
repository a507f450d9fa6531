/// The families of problems that a recipe can name.
public enum ProblemFamily: String, Sendable, CaseIterable {
    /// Integer arithmetic in several steps.
    case arithmetic
}

extension ProblemFamily: RecipeChoice {}
