/// One statement about a quantity that a word problem makes.
struct Fact: Hashable, Sendable {
    /// A condition, and what is stated if it does not hold.
    struct Alternative: Hashable, Sendable {
        var condition: Condition
        var otherwise: Statement
    }

    /// The quantity that is stated, by its place in the graph.
    let quantity: Int
    /// What is stated, if there is an alternative only where its condition holds.
    var statement: Statement
    /// Nil for a fact without a condition.
    var alternative: Alternative?

    init(_ quantity: Int, _ statement: Statement, _ alternative: Alternative? = nil) {
        self.quantity = quantity
        self.statement = statement
        self.alternative = alternative
    }

    /// Both statements, the first alone where there is no alternative.
    var statements: [Statement] { [statement] + (alternative.map { [$0.otherwise] } ?? []) }

    /// All quantities that it refers to, whichever statement holds.
    var operands: [Int] { statements.flatMap(\.operands) + (alternative?.condition.quantity.map { [$0] } ?? []) }

    /// The statement that holds, with the values of all quantities.
    func holding(_ values: [Int]) -> Statement {
        guard let alternative, !alternative.condition.holds(values) else { return statement }
        return alternative.otherwise
    }
}
