/// A set of real numbers that is made of intervals, whose ends are expressions.
struct RealSet {
    /// One interval; a number is one whose ends are both it.
    struct Piece {
        var lower: Expression
        var upper: Expression
        var hasLower: Bool
        var hasUpper: Bool
    }

    let pieces: [Piece]

    /// The set that an answer says; nil for an answer that says none.
    init?(_ answer: Answer, _ comparison: inout AnswerComparison) throws(GradingError) {
        switch answer {
        case .value(let quantity):
            guard quantity.unit == nil else { return nil }
            pieces = [Piece(quantity.expression)]
        case .list(let answers):
            var pieces: [Piece] = []
            for answer in answers {
                guard let set = try RealSet(answer, &comparison) else { return nil }
                pieces += set.pieces
            }
            self.pieces = pieces
        case .tuple(let elements, let opening, let closing):
            guard elements.count == 2, case .value(let lower) = elements[0], case .value(let upper) = elements[1] else {
                return nil
            }
            pieces = [
                Piece(
                    lower: lower.expression, upper: upper.expression, hasLower: opening == .square,
                    hasUpper: closing == .square)
            ]
        case .union(let parts):
            var pieces: [Piece] = []
            for part in parts {
                guard let set = try RealSet(part, &comparison) else { return nil }
                pieces += set.pieces
            }
            self.pieces = pieces
        case .complement(let without):
            guard let set = try RealSet(without, &comparison) else { return nil }
            guard let pieces = try Self.complement(of: set.pieces, &comparison) else { return nil }
            self.pieces = pieces
        case .relation(let operands, let relations):
            guard let pieces = try Self.solutions(operands, relations, &comparison) else { return nil }
            self.pieces = pieces
        case .assignment(_, let value):
            guard let set = try RealSet(value, &comparison) else { return nil }
            pieces = set.pieces
        case .matrix, .words: return nil
        }
    }

    /// Whether two sets have the same pieces, in whatever order, after those that touch are joined.
    func isEqual(to other: RealSet, _ comparison: inout AnswerComparison) throws(GradingError) -> Bool {
        let (first, second) = (try Self.joined(pieces, &comparison), try Self.joined(other.pieces, &comparison))
        guard first.count == second.count else { return false }
        var rest = second
        for piece in first {
            var found: Int?
            for (index, candidate) in rest.enumerated() where try piece.isEqual(to: candidate, &comparison) {
                found = index
                break
            }
            guard let found else { return false }
            rest.remove(at: found)
        }
        return true
    }

    // MARK: Inequalities

    /// The numbers that solve inequalities for one symbol: `x > 2`, `1 < x ≤ 3`, `x ≠ 0`, `2x + 1 ≥ 5`.
    private static func solutions(
        _ operands: [Expression], _ relations: [Relation], _ comparison: inout AnswerComparison
    ) throws(GradingError) -> [Piece]? {
        if operands.count == 3, operands[0].symbols.isEmpty, operands[2].symbols.isEmpty, operands[1].hasNoNumber {
            let (first, second) = (relations[0], relations[1])
            if [.less, .lessOrEqual].contains(first), [.less, .lessOrEqual].contains(second) {
                return [
                    Piece(
                        lower: operands[0], upper: operands[2], hasLower: first == .lessOrEqual,
                        hasUpper: second == .lessOrEqual)
                ]
            }
            if [.greater, .greaterOrEqual].contains(first), [.greater, .greaterOrEqual].contains(second) {
                return [
                    Piece(
                        lower: operands[2], upper: operands[0], hasLower: second == .greaterOrEqual,
                        hasUpper: first == .greaterOrEqual)
                ]
            }
            return nil
        }
        guard operands.count == 2 else { return nil }
        if case .symbol = operands[0], operands[1].symbols.isEmpty {
            return solutions(relations[0], operands[1])
        }
        if case .symbol = operands[1], operands[0].symbols.isEmpty {
            return solutions(relations[0].flipped, operands[0])
        }
        if case .function(.absolute, let inner) = operands[0], case .symbol = inner[0], operands[1].symbols.isEmpty {
            let (lower, upper) = (operands[1].negated, operands[1])
            switch relations[0] {
            case .less, .lessOrEqual:
                let isClosed = relations[0] == .lessOrEqual
                return [Piece(lower: lower, upper: upper, hasLower: isClosed, hasUpper: isClosed)]
            case .greater, .greaterOrEqual:
                return solutions(relations[0].flipped, lower) + solutions(relations[0], upper)
            case .equal: return [Piece(lower), Piece(upper)]
            case .approximate, .unequal: return nil
            }
        }
        let difference = Expression.sum([operands[0], operands[1].negated])
        guard difference.symbols.count == 1, let name = difference.symbols.first,
            let (slope, intercept) = try comparison.expressions.line(difference, in: name),
            let root = (-intercept).dividing(by: slope)
        else { return nil }
        return solutions(slope.sign > 0 ? relations[0] : relations[0].flipped, .number(root))
    }

    /// The numbers that stand in a relation to another.
    private static func solutions(_ relation: Relation, _ end: Expression) -> [Piece] {
        let infinity = Expression.constant(.infinity)
        switch relation {
        case .equal, .approximate: return [Piece(end)]
        case .unequal:
            return [
                Piece(lower: infinity.negated, upper: end, hasLower: false, hasUpper: false),
                Piece(lower: end, upper: infinity, hasLower: false, hasUpper: false),
            ]
        case .less: return [Piece(lower: infinity.negated, upper: end, hasLower: false, hasUpper: false)]
        case .lessOrEqual: return [Piece(lower: infinity.negated, upper: end, hasLower: false, hasUpper: true)]
        case .greater: return [Piece(lower: end, upper: infinity, hasLower: false, hasUpper: false)]
        case .greaterOrEqual: return [Piece(lower: end, upper: infinity, hasLower: true, hasUpper: false)]
        }
    }

    // MARK: Pieces

    /// All numbers but some single ones and intervals; nil if these cannot be put into an order.
    private static func complement(of pieces: [Piece], _ comparison: inout AnswerComparison) throws(GradingError)
        -> [Piece]?
    {
        let infinity = Expression.constant(.infinity)
        var rest = [Piece(lower: infinity.negated, upper: infinity, hasLower: false, hasUpper: false)]
        guard let ordered = try comparison.expressions.ordered(pieces) else { return nil }
        for piece in ordered {
            let last = rest.removeLast()
            if piece.lower != infinity.negated {
                rest.append(
                    Piece(lower: last.lower, upper: piece.lower, hasLower: last.hasLower, hasUpper: !piece.hasLower))
            }
            guard piece.upper != infinity else { return rest }
            rest.append(
                Piece(lower: piece.upper, upper: last.upper, hasLower: !piece.hasUpper, hasUpper: last.hasUpper))
        }
        return rest
    }

    /// Joins pieces where one ends at a number at which another begins, and one of them holds it.
    private static func joined(_ pieces: [Piece], _ comparison: inout AnswerComparison) throws(GradingError) -> [Piece]
    {
        var pieces = pieces
        var index = 0
        outer: while index < pieces.count {
            for other in pieces.indices where other != index {
                let (a, b) = (pieces[index], pieces[other])
                guard a.hasUpper || b.hasLower, try comparison.expressions.areEqual(a.upper, b.lower) else { continue }
                pieces[index] = Piece(lower: a.lower, upper: b.upper, hasLower: a.hasLower, hasUpper: b.hasUpper)
                pieces.remove(at: other)
                index = 0
                continue outer
            }
            index += 1
        }
        return pieces
    }
}

extension RealSet.Piece {
    /// One number.
    init(_ number: Expression) {
        (lower, upper, hasLower, hasUpper) = (number, number, true, true)
    }

    func isEqual(to other: RealSet.Piece, _ comparison: inout AnswerComparison) throws(GradingError) -> Bool {
        guard hasLower == other.hasLower, hasUpper == other.hasUpper else { return false }
        guard try comparison.expressions.areEqual(lower, other.lower) else { return false }
        return try comparison.expressions.areEqual(upper, other.upper)
    }
}
