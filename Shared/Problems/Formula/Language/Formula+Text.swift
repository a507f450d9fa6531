import Mathematics

extension Formula: CustomStringConvertible {
    /// Reads a formula, `IF(price*qty>50,"high","low")`. Names of columns are small, names of functions are capitals, and
    /// blanks may stand between the parts.
    ///
    /// Hostile text is refused in time linear in its length: a formula has at most 1,024 bytes, 128 parts and 24 brackets in
    /// each other.
    ///
    /// - Throws: `ProblemsError` with `unreadableFormula`.
    public init(parsing text: some StringProtocol) throws(ProblemsError) {
        var parser = FormulaParser(try FormulaToken.all(in: text))
        self = try parser.formula()
    }

    /// The formula without blanks, with the brackets that it needs.
    public var description: String { text(within: 0) }

    /// The text where an operator of this precedence, or one that binds more, must stand.
    private func text(within precedence: Int) -> String {
        switch self {
        case .number(let number):
            guard number.sign >= 0, let decimal = number.decimal else {
                preconditionFailure("\(number) is no constant of a formula")
            }
            return decimal
        case .text(let text): return "\"\(text.replacing("\"", with: "\"\""))\""
        case .truth(let truth): return truth ? "TRUE" : "FALSE"
        case .column(let name): return name
        case .negation(let operand): return "-\(operand.text(within: 4))"
        case .binary(let symbol, let left, let right):
            let text =
                left.text(within: symbol.precedence) + symbol.rawValue + right.text(within: symbol.precedence + 1)
            return symbol.precedence < precedence ? "(\(text))" : text
        case .call(let function, let arguments):
            return "\(function.rawValue)(\(arguments.map(\.description).joined(separator: ",")))"
        }
    }
}
