/// How the answer is found in a solution.
public enum AnswerRule: String, Sendable, CaseIterable {
    /// The integer on the last line that begins with `####`.
    case strict
    /// Likewise, or the last number where there is none.
    case lastNumber = "last-number"
    /// What stands on that line, in the last `\boxed{}`, or behind the last "the answer is".
    case stated
    /// Likewise, or the last mathematics or number where nothing is stated.
    case anywhere
}

extension AnswerRule: RecipeChoice {}
