/// How the questions of a family are told.
public enum ProblemStyle: String, Sendable, CaseIterable {
    /// As formulas.
    case symbols
    /// As short stories.
    case words
    /// Either, with equal chance.
    case mixed
}

extension ProblemStyle: RecipeChoice {}
