/// Why a solution cannot be graded: for a reason that says nothing about whether its answer is right.
public struct GradingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of a `GradingError`, by which errors are counted.
    public enum Kind: String, Sendable, CaseIterable {
        /// The answer has too many bytes or elements.
        case tooLong = "too-long"
        /// Its brackets, fractions, roots or exponents stand too deep in each other.
        case tooDeep = "too-deep"
        /// A number in it has too many digits.
        case tooLarge = "too-large"
        /// Comparing it would take too many steps.
        case tooMuchWork = "too-much-work"
        /// It holds characters that do not show, such as NUL or marks of direction.
        case hiddenCharacters = "hidden-characters"
        /// The two values agree as far as they were computed, and nothing proves that they are equal.
        case undecided
        /// The reference answer is not one.
        case reference
    }

    /// The kind of error.
    public let kind: Kind
    /// The rule, the value that broke it, and the remedy, as sentences.
    public let message: String

    /// The message.
    public var description: String { message }

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
