/// How the answer is found in a solution.
public enum AnswerRule: Sendable {
    /// The integer on the last line of marks, or none.
    case strict
    /// Likewise if there is one; otherwise the last number, if that is an integer. For policies that were never taught
    /// the line of marks.
    case lastNumber
}
