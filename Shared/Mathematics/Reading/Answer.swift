/// What an answer says, whatever it was written like.
indirect enum Answer: Hashable, Sendable {
    /// A number or another expression, perhaps with a unit.
    case value(Quantity)
    /// Several answers, whose order does not matter: `1, 2`, `{1, 2}`, `x = 1 or x = 2`, `±1`.
    case list([Answer])
    /// Several in their order, with the brackets around them: a point, a vector, or an interval of two ends.
    case tuple([Answer], opening: Bracket, closing: Bracket)
    /// Sets in one.
    case union([Answer])
    /// All real numbers but those of a set.
    case complement(Answer)
    /// Rows of entries.
    case matrix([[Answer]])
    /// Expressions with a relation between each two: `a < b < c`.
    case relation([Expression], [Relation])
    /// What a symbol, or a function of symbols, is said to be: `x = 5`, `f(x) = 2x`, `x \in [0, 1]`.
    case assignment(Expression, Answer)
    /// Words, in one normal form.
    case words(String)

    /// The end of a chain of equations, which is what it comes to: the last part before any approximation.
    var last: Answer {
        if case .relation(let operands, let relations) = self,
            relations.allSatisfy({ $0 == .equal || $0 == .approximate })
        {
            return .value(Quantity(operands[relations.firstIndex(of: .approximate) ?? relations.count]))
        }
        if case .assignment(_, let value) = self { return value }
        return self
    }

    /// Two inequalities for one symbol as one chain, `x ≥ 1` and `x < 3` as `1 ≤ x < 3`; nil for others.
    static func both(_ first: Answer, _ second: Answer) -> Answer? {
        guard case .relation(let a, let relation) = first, case .relation(let b, let other) = second, a.count == 2,
            b.count == 2, case .symbol = a[0], a[0] == b[0]
        else { return nil }
        switch (relation[0], other[0]) {
        case (.greater, .less), (.greater, .lessOrEqual), (.greaterOrEqual, .less), (.greaterOrEqual, .lessOrEqual):
            return .relation([a[1], a[0], b[1]], [relation[0].flipped, other[0]])
        case (.less, .greater), (.lessOrEqual, .greater), (.less, .greaterOrEqual), (.lessOrEqual, .greaterOrEqual):
            return .relation([b[1], a[0], a[1]], [other[0].flipped, relation[0]])
        default: return nil
        }
    }

    /// A matrix with all its entries multiplied.
    func scaled(by factor: Expression) -> Answer {
        guard case .matrix(let rows) = self else { return self }
        return .matrix(
            rows.map { row in
                row.map { entry in
                    guard case .value(let quantity) = entry else { return entry }
                    return .value(Quantity(.product([factor, quantity.expression])))
                }
            })
    }

    /// What brackets stand around a tuple.
    enum Bracket: Hashable, Sendable {
        case round, square, angle
    }
}

/// A relation between two expressions.
enum Relation: Hashable, Sendable {
    case equal, approximate, unequal, less, lessOrEqual, greater, greaterOrEqual

    /// The relation with its sides exchanged.
    var flipped: Relation {
        switch self {
        case .equal, .approximate, .unequal: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }
}

/// An expression with what it counts.
struct Quantity: Hashable, Sendable {
    var expression: Expression
    /// How many digits stand after the point, if the expression is one decimal number.
    var decimals: Int?
    /// What it counts; nil if nothing was said.
    var unit: Unit?
    /// Whether it is one symbol, or a function of symbols, so that an equation says what it is.
    var isName = false

    init(_ expression: Expression, decimals: Int? = nil, unit: Unit? = nil) {
        self.expression = expression
        self.decimals = decimals
        self.unit = unit
    }
}
