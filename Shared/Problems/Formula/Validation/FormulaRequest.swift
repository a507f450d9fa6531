/// A request with the formula that it should describe: what a validation looks at.
public struct FormulaRequest: Hashable, Sendable {
    /// The table and the request.
    public let question: FormulaQuestion
    /// The formula.
    public let formula: Formula

    /// Puts a request together.
    public init(question: FormulaQuestion, formula: Formula) {
        self.question = question
        self.formula = formula
    }

    /// How hard it is: the operators and functions of its formula.
    public var hardness: Int { formula.operationCount }
}
