/// Limits on formulas that come from outside. Within them reading and computing one takes well under a second.
enum FormulaLimits {
    /// Bytes of one formula.
    static let bytes = 1024
    /// Constants, columns, operators and functions of one formula.
    static let nodes = 128
    /// Brackets, calls and signs within each other.
    static let depth = 24
    /// Bits of the numerator and denominator of a number together.
    static let bits = 2048
    /// Bytes of a text.
    static let textBytes = 512
    /// Characters of the name of a column.
    static let nameLength = 24
    /// Lines of a solution before its line of marks.
    static let steps = 64
}
