/// Why a formula has no value in a row. It is the result of everything that is computed with it.
public enum FormulaFault: String, Error, Sendable {
    /// Something was divided by 0.
    case divisionByZero = "#DIV/0!"
    /// An operand is of a type that the operation does not take.
    case wrongType = "#VALUE!"
    /// A number or a text is too large, or a count or a number of digits out of range.
    case outOfRange = "#NUM!"
}
