/// Where the values of steps come from, by which first pits are found.
public enum ValueSource: String, Sendable, CaseIterable {
    /// From continuations that are sampled.
    case monteCarlo = "monte-carlo"
    /// From a search through all that can follow; only puzzles are small enough.
    case exact
}

extension ValueSource: RecipeChoice {}
