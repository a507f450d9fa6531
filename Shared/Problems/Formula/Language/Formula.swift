public import Mathematics

/// A spreadsheet formula over the columns of one table.
///
/// `Formula(parsing:)` reads its text and `description` writes it; each is the inverse of the other. A formula has no meaning
/// apart from a `FormulaSheet`.
public indirect enum Formula: Hashable, Sendable {
    /// A number that is not negative and a finite decimal of at most 15 digits; `-5` is the negation of one.
    case number(Rational)
    /// A text of one line.
    case text(String)
    /// `TRUE` or `FALSE`.
    case truth(Bool)
    /// The value of a column in the same row.
    case column(String)
    /// The number with the other sign.
    case negation(Formula)
    /// An operation on two operands.
    case binary(FormulaOperator, Formula, Formula)
    /// A function of as many arguments as it takes.
    case call(FormulaFunction, [Formula])

    /// What it is applied to, from left to right; empty for a constant or a column.
    var operands: [Formula] {
        switch self {
        case .number, .text, .truth, .column: []
        case .negation(let operand): [operand]
        case .binary(_, let left, let right): [left, right]
        case .call(_, let arguments): arguments
        }
    }

    /// The same operation on other operands, of which there must be as many.
    func with(_ operands: [Formula]) -> Formula {
        switch self {
        case .number, .text, .truth, .column: self
        case .negation: .negation(operands[0])
        case .binary(let symbol, _, _): .binary(symbol, operands[0], operands[1])
        case .call(let function, _): .call(function, operands)
        }
    }

    /// Whether it is a constant or a column.
    var isAtom: Bool { operands.isEmpty }

    /// Whether it is a constant.
    var isConstant: Bool { isAtom && columns.isEmpty }

    /// The number of operators and functions in it.
    public var operationCount: Int { operands.reduce(isAtom ? 0 : 1) { $0 + $1.operationCount } }

    /// It and all within it, each before its operands.
    var subformulas: [Formula] { [self] + operands.flatMap(\.subformulas) }

    /// The names of its columns, each as often as it occurs, from left to right.
    var columns: [String] {
        if case .column(let name) = self { [name] } else { operands.flatMap(\.columns) }
    }

    /// The operation as a formula writes it, `+` or `IF`; nil for a constant or a column.
    var symbol: String? {
        switch self {
        case .number, .text, .truth, .column: nil
        case .negation: FormulaOperator.subtract.rawValue
        case .binary(let symbol, _, _): symbol.rawValue
        case .call(let function, _): function.rawValue
        }
    }

    /// With another formula in the place of one of `subformulas`, which is named by its index.
    func replacingSubformula(at index: Int, by other: Formula) -> Formula {
        if index == 0 { return other }
        var (operands, first) = (operands, 1)
        for place in operands.indices {
            let count = operands[place].subformulas.count
            if (first..<(first + count)).contains(index) {
                operands[place] = operands[place].replacingSubformula(at: index - first, by: other)
            }
            first += count
        }
        return with(operands)
    }
}
