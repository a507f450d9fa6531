/// An operator between two operands of a formula.
public enum FormulaOperator: String, Sendable, CaseIterable {
    /// Whether two values of one type are the same; texts with their case.
    case equal = "="
    /// Whether two values of one type differ.
    case unequal = "<>"
    /// Whether the first number is below the second.
    case less = "<"
    /// Whether the first number is above the second.
    case greater = ">"
    /// Whether the first number is not above the second.
    case atMost = "<="
    /// Whether the first number is not below the second.
    case atLeast = ">="
    /// The first text and then the second; a number counts as its digits.
    case join = "&"
    /// The sum.
    case add = "+"
    /// The first less the second.
    case subtract = "-"
    /// The product.
    case multiply = "*"
    /// The exact quotient.
    case divide = "/"

    /// How tightly it binds: comparisons least, products most. Operators of one precedence group from the left.
    var precedence: Int {
        switch self {
        case .equal, .unequal, .less, .greater, .atMost, .atLeast: 0
        case .join: 1
        case .add, .subtract: 2
        case .multiply, .divide: 3
        }
    }

    /// Whether the order of the operands makes no difference.
    var isCommutative: Bool { [.equal, .unequal, .add, .multiply].contains(self) }

    /// The operator that says the same of the operands in the other order, for a comparison by size; nil for others.
    var turned: FormulaOperator? {
        switch self {
        case .less: .greater
        case .greater: .less
        case .atMost: .atLeast
        case .atLeast: .atMost
        default: nil
        }
    }
}
