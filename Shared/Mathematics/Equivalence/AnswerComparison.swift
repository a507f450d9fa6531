/// Says whether two answers are one. docs/verdicts.md has the rules.
struct AnswerComparison {
    var expressions: ExpressionComparison

    init() {
        expressions = ExpressionComparison(work: Work())
    }

    /// Compares two answers; the order does not matter.
    ///
    /// - Throws: `GradingError` if that cannot be decided within `Limits`.
    mutating func areEqual(_ first: Answer, _ second: Answer) throws(GradingError) -> Bool {
        // What is read alike is one, also where it has no value.
        if first == second { return true }
        switch (first, second) {
        case (.value(let a), .value(let b)): return try areEqual(a, b)
        case (.words(let a), .words(let b)): return a == b
        case (.assignment(let name, let a), .assignment(let other, let b)):
            // What another symbol is is another answer, but of the values of functions only the values count.
            if name == other { return try areEqual(a, b) }
            guard let left = first.asRelation, let right = second.asRelation else { return false }
            return try areEqual(left, right)
        case (.assignment(_, let value), let other), (let other, .assignment(_, let value)):
            if other.isRelation, let relation = (first.isRelation ? second : first).asRelation {
                return try areEqualSets(relation, other)
            }
            return try areEqual(value, other)
        case (.matrix(let a), .matrix(let b)): return try areEqual(rows: a, b)
        case (.matrix(let rows), .tuple(let elements, _, _)), (.tuple(let elements, _, _), .matrix(let rows)):
            guard let vector = Self.vector(rows) else { return false }
            return try areEqual(inOrder: vector, elements)
        case (.list(let a), .list(let b)): return try areEqual(inAnyOrder: a, b)
        case (.relation, .value): return try isEqual(first, to: second)
        case (.value, .relation): return try isEqual(second, to: first)
        case (.list(let only), _) where only.count == 1: return try areEqual(only[0], second)
        case (_, .list(let only)) where only.count == 1: return try areEqual(first, only[0])
        default: return try areEqualSets(first, second)
        }
    }

    /// A chain of equations is what it comes to: `2 + 3 = 5`. One that can be solved is its solution: `2x = 10` is 5.
    private mutating func isEqual(_ chain: Answer, to value: Answer) throws(GradingError) -> Bool {
        if try RealSet(chain, &self) != nil { return try areEqualSets(chain, value) }
        guard chain.isCalculation else { return false }
        return try areEqual(chain.last, value)
    }

    // MARK: Several

    private mutating func areEqual(inOrder first: [Answer], _ second: [Answer]) throws(GradingError) -> Bool {
        guard first.count == second.count else { return false }
        for (a, b) in zip(first, second) {
            guard try areEqual(a, b) else { return false }
        }
        return true
    }

    /// Whether each answer of one list is found in the other; equal ones count once.
    private mutating func areEqual(inAnyOrder first: [Answer], _ second: [Answer]) throws(GradingError) -> Bool {
        let (first, second) = (try distinct(first), try distinct(second))
        guard first.count == second.count else { return false }
        var rest = second
        for answer in first {
            var found: Int?
            for (index, candidate) in rest.enumerated() where try areEqual(answer, candidate) {
                found = index
                break
            }
            guard let found else { return false }
            rest.remove(at: found)
        }
        return true
    }

    private mutating func distinct(_ answers: [Answer]) throws(GradingError) -> [Answer] {
        var distinct: [Answer] = []
        for answer in answers.flatMap(\.flattened) {
            var isNew = true
            for other in distinct where try areEqual(answer, other) {
                isNew = false
                break
            }
            if isNew { distinct.append(answer) }
        }
        return distinct
    }

    private mutating func areEqual(rows first: [[Answer]], _ second: [[Answer]]) throws(GradingError) -> Bool {
        guard first.count == second.count else { return false }
        for (a, b) in zip(first, second) {
            guard try areEqual(inOrder: a, b) else { return false }
        }
        return true
    }

    /// The entries of a matrix of one row or one column.
    private static func vector(_ rows: [[Answer]]) -> [Answer]? {
        if rows.count == 1 { return rows[0] }
        return rows.allSatisfy { $0.count == 1 } ? rows.map { $0[0] } : nil
    }

    /// Tuples by their elements and brackets, and all that are sets of numbers by what is in them.
    private mutating func areEqualSets(_ first: Answer, _ second: Answer) throws(GradingError) -> Bool {
        if case .tuple(let a, let opening, let closing) = first,
            case .tuple(let b, let otherOpening, let otherClosing) = second
        {
            let isPair = a.count == 2 && b.count == 2
            let brackets = (opening.asEnd, closing.asEnd) == (otherOpening.asEnd, otherClosing.asEnd)
            return (brackets || !isPair) ? try areEqual(inOrder: a, b) : false
        }
        if case .relation(let operands, let relations) = first, case .relation(let others, let otherRelations) = second,
            try areEqualRelations(operands, relations, others, otherRelations)
        {
            return true
        }
        if first.isClosed, second.isClosed { return try areEqual(first.last, second.last) }
        // The same number for another symbol is another answer.
        let (symbols, others) = (first.variables, second.variables)
        guard symbols.isEmpty || others.isEmpty || symbols == others else { return false }
        guard let a = try RealSet(first, &self), let b = try RealSet(second, &self) else { return false }
        return try a.isEqual(to: b, &self)
    }
}

extension Answer {
    /// The answer as the elements of a list, those of a list in it among them.
    var flattened: [Answer] {
        if case .list(let answers) = self { answers.flatMap(\.flattened) } else { [self] }
    }

    /// The symbols that relations in it are about.
    var variables: Set<String> {
        switch self {
        case .relation(let operands, _): operands.reduce(into: []) { $0.formUnion($1.symbols) }
        case .assignment(.symbol(let name), _): [name]
        case .list(let answers), .union(let answers): answers.reduce(into: []) { $0.formUnion($1.variables) }
        default: []
        }
    }

    /// Whether it is a chain of equations that ends in what was asked for: one of numbers, one with several signs, or one whose left
    /// side is made of symbols alone, as `x + y = 5` and `|AB| = 5`.
    var isCalculation: Bool {
        guard case .relation(let operands, let relations) = self,
            relations.allSatisfy({ $0 == .equal || $0 == .approximate })
        else { return false }
        return relations.count > 1 || operands.allSatisfy(\.symbols.isEmpty)
            || operands[0].hasNoNumber && operands[1].symbols.isEmpty
    }

    /// Whether it is a chain of equations between numbers, `2 + 3 = 5`.
    var isClosed: Bool {
        guard case .relation(let operands, _) = self else { return false }
        return isCalculation && operands.allSatisfy(\.symbols.isEmpty)
    }

    var isRelation: Bool {
        if case .relation = self { true } else { false }
    }

    /// What is said of a symbol as an equation; nil where it is said of no expression.
    var asRelation: Answer? {
        guard case .assignment(let name, .value(let value)) = self else { return nil }
        return .relation([name, value.expression], [.equal])
    }
}

extension Answer.Bracket {
    /// Angles are round.
    var asEnd: Answer.Bracket { self == .angle ? .round : self }
}
