/// The two disjoint parts of a problem family.
public enum ProblemSplit: String, Sendable, CaseIterable {
    /// Never trained on.
    case test
    /// What training draws from.
    case train
}

extension ProblemSplit: RecipeChoice {}
