/// The bounds of one grading. They are counts, not seconds, so that a verdict is the same on every machine.
enum Limits {
    /// The longest answer that is read, in bytes; solutions around it may be longer.
    static let answerBytes = 65_536
    /// The longest solution that is graded, in bytes.
    static let solutionBytes = 1 << 20
    /// How deep brackets, fractions, roots and exponents may stand in each other.
    static let nesting = 64
    /// The largest integer, in bits: about 19,700 decimal digits, room for 2006! and not for 9^9^9.
    static let bits = 65_536
    /// Terms of a polynomial in normal form; a larger one is not expanded.
    static let terms = 400
    /// Steps of one grading: a step multiplies two terms of at most a word each. All of them take some tens of milliseconds.
    static let steps = 200_000
    /// Signs of equality of a solution whose equations are recomputed.
    static let equations = 1_000
    /// The longest line whose equations are recomputed, in bytes.
    static let equationLineBytes = 4_096
    /// Elements of a list, tuple or matrix.
    static let elements = 256
}
