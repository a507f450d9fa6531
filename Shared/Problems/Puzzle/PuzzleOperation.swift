/// An operation that a step of a puzzle may use.
public enum PuzzleOperation: Character, Sendable, CaseIterable {
    /// The sum.
    case add = "+"
    /// The first less the second.
    case subtract = "-"
    /// The product.
    case multiply = "*"
    /// The quotient, where it is an integer.
    case divide = "/"

    /// The result; nil if it is no integer, or beyond `Puzzle.largestValue` either way.
    public func result(_ left: Int, _ right: Int) -> Int? {
        let (value, overflows) =
            switch self {
            case .add: left.addingReportingOverflow(right)
            case .subtract: left.subtractingReportingOverflow(right)
            case .multiply: left.multipliedReportingOverflow(by: right)
            case .divide: left.dividedReportingOverflow(by: right)
            }
        guard !overflows, value.magnitude <= UInt(Puzzle.largestValue) else { return nil }
        return self == .divide && value * right != left ? nil : value
    }

    /// Whether the order of the operands makes no difference.
    var isCommutative: Bool { self == .add || self == .multiply }
}
