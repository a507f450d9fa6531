/// What the check of a derivation found.
public enum DerivationResult: Hashable, Sendable {
    /// Every step holds, and the last one reaches what was asked for.
    case correct
    /// The first step that does not hold, counted from 1, blank lines and the line of marks included, and a sentence that
    /// says why.
    case incorrect(step: Int, reason: String)
    /// There is no line of marks with an integer.
    case noAnswer
}
