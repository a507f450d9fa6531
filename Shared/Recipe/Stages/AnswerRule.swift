/// How the answer is found in a solution.
public enum AnswerRule: String, Sendable, CaseIterable {
    /// The integer on the last line that begins with `####`.
    case strict
    /// Likewise, or the last number where there is none.
    case lastNumber = "last-number"
}

extension AnswerRule: RecipeChoice {}
