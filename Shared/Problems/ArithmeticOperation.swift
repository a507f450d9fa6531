/// What one step of an arithmetic problem does to the running value.
public enum ArithmeticOperation: Character, Sendable, CaseIterable {
    /// Adds the operand.
    case add = "+"
    /// Takes the operand away.
    case subtract = "-"
    /// Multiplies by the operand.
    case multiply = "*"

    /// The running value after this operation.
    func apply(_ operand: Int, to value: Int) -> Int {
        switch self {
        case .add: value + operand
        case .subtract: value - operand
        case .multiply: value * operand
        }
    }

    /// The operands within `operands` that take `value` to one within `values`; nil if there are none.
    func operands(within operands: ClosedRange<Int>, taking value: Int, into values: ClosedRange<Int>)
        -> ClosedRange<Int>?
    {
        let (least, greatest) = (values.lowerBound, values.upperBound)
        let bounds: (Int, Int)
        switch self {
        case .add: bounds = (least - value, greatest - value)
        case .subtract: bounds = (value - greatest, value - least)
        case .multiply:
            if value == 0 { return operands }
            // A negative value turns the range round: divide the mirrored range by the positive number instead.
            bounds =
                value > 0
                ? (-floorDivide(-least, by: value), floorDivide(greatest, by: value))
                : (-floorDivide(greatest, by: -value), floorDivide(-least, by: -value))
        }
        let low = max(bounds.0, operands.lowerBound)
        let high = min(bounds.1, operands.upperBound)
        return low <= high ? low...high : nil
    }
}

/// The quotient rounded down, also below zero, for a divisor above zero.
private func floorDivide(_ dividend: Int, by divisor: Int) -> Int {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
}
