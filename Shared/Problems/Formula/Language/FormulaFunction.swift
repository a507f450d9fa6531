/// A function that a formula may call.
public enum FormulaFunction: String, Sendable, CaseIterable {
    /// `IF(condition,then,otherwise)`: a fault in the branch that is not taken says nothing.
    case choose = "IF"
    /// Whether all arguments are `TRUE`; all are computed.
    case and = "AND"
    /// Whether any argument is `TRUE`; all are computed.
    case or = "OR"
    /// The other truth value.
    case not = "NOT"
    /// The least of the arguments, in one row.
    case min = "MIN"
    /// The greatest of the arguments, in one row.
    case max = "MAX"
    /// The magnitude.
    case abs = "ABS"
    /// `ROUND(number,digits)`: to 0 to 9 digits after the point, halves away from zero.
    case round = "ROUND"
    /// `MOD(number,divisor)`: the remainder, with the sign of the divisor.
    case mod = "MOD"
    /// The number of characters of a text.
    case len = "LEN"
    /// `LEFT(text,count)`: the first characters, or all if there are fewer.
    case left = "LEFT"
    /// `RIGHT(text,count)`: the last characters, or all if there are fewer.
    case right = "RIGHT"
    /// The text in capitals.
    case upper = "UPPER"
    /// The text in small letters.
    case lower = "LOWER"
    /// All arguments one after another, as by `&`.
    case concat = "CONCAT"
    /// `SUM(column)`: the sum of the column over all rows.
    case sum = "SUM"
    /// `AVERAGE(column)`: the mean of the column over all rows.
    case average = "AVERAGE"

    /// How many arguments it takes.
    var argumentCount: ClosedRange<Int> {
        switch self {
        case .choose: 3...3
        case .and, .or, .min, .max, .concat: 2...8
        case .not, .abs, .len, .upper, .lower, .sum, .average: 1...1
        case .round, .mod, .left, .right: 2...2
        }
    }

    /// Whether it looks at all rows; its argument is a column then.
    var isAggregate: Bool { self == .sum || self == .average }
}
