public import Mathematics

/// A value in a cell.
public enum FormulaValue: Hashable, Sendable {
    /// An exact number.
    case number(Rational)
    /// A text of one line.
    case text(String)
    /// A truth value.
    case truth(Bool)
}

/// What a formula comes to in one row.
public typealias FormulaOutcome = Result<FormulaValue, FormulaFault>

extension FormulaValue: CustomStringConvertible {
    /// The value as a person writes it: `12`, `0.25`, `7/3`, `Oslo`, `TRUE`.
    public var description: String {
        switch self {
        case .number(let number): number.decimal ?? "\(number)"
        case .text(let text): text
        case .truth(let truth): truth ? "TRUE" : "FALSE"
        }
    }
}

extension FormulaOutcome {
    /// The outcome as a person writes it: the value, or `#DIV/0!`.
    var shown: String {
        switch self {
        case .success(let value): "\(value)"
        case .failure(let fault): fault.rawValue
        }
    }
}
