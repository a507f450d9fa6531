extension ExpressionComparison {
    /// Whether a number lies between two others, or on one of them. What is not known well enough does not.
    mutating func isBetween(_ lower: Rational, _ value: Expression, _ upper: Rational) throws(GradingError) -> Bool {
        guard let fromLower = try order(.number(lower), value), let toUpper = try order(value, .number(upper)) else {
            return false
        }
        return fromLower <= 0 && toUpper <= 0
    }

    /// -1, 0 or 1, as the first number is below, at or above the second; nil if that is not known.
    mutating func order(_ first: Expression, _ second: Expression) throws(GradingError) -> Int? {
        if first == second { return 0 }
        let infinity = Expression.constant(.infinity)
        if first == infinity || second == infinity.negated { return 1 }
        if second == infinity || first == infinity.negated { return -1 }
        let difference = Expression.sum([first, second.negated])
        guard difference.symbols.isEmpty else { return nil }
        if let constant = try form(of: difference)?.constant { return constant.sign }
        guard case .value(let enclosure) = try enclosure(of: difference, at: [:]) else { return nil }
        return enclosure.sign
    }

    /// The number c for which the second expression is c times the first; nil if there is none.
    mutating func ratio(_ first: Expression, _ second: Expression) throws(GradingError) -> Rational? {
        var normalizer = Normalizer(work: work)
        defer { work = normalizer.work }
        guard let a = try form(of: first, by: &normalizer), let b = try form(of: second, by: &normalizer),
            a.denominator == b.denominator, let leading = a.numerator.leading, let other = b.numerator.leading,
            leading.monomial == other.monomial, let ratio = other.coefficient.dividing(by: leading.coefficient)
        else { return nil }
        return a.numerator.scaled(by: ratio) == b.numerator ? ratio : nil
    }

    /// Slope and intercept of an expression that is a line in one symbol; nil for another.
    mutating func line(_ expression: Expression, in name: String) throws(GradingError) -> (
        slope: Rational, intercept: Rational
    )? {
        var normalizer = Normalizer(work: work)
        defer { work = normalizer.work }
        guard let form = try form(of: expression, by: &normalizer), form.denominator == .one else { return nil }
        let symbol = Monomial(normalizer.table.id(of: .symbol(name)))
        guard let slope = form.numerator.terms[symbol],
            form.numerator.terms.keys.allSatisfy({ $0 == symbol || $0 == .one })
        else { return nil }
        return (slope, form.numerator.terms[.one] ?? 0)
    }

    /// Pieces of a set by their lower ends; nil if two ends cannot be told apart.
    mutating func ordered(_ pieces: [RealSet.Piece]) throws(GradingError) -> [RealSet.Piece]? {
        var ordered: [RealSet.Piece] = []
        for piece in pieces {
            var place = 0
            while place < ordered.count {
                guard let order = try order(ordered[place].lower, piece.lower) else { return nil }
                if order > 0 { break }
                place += 1
            }
            ordered.insert(piece, at: place)
        }
        return ordered
    }

    private mutating func form(of expression: Expression) throws(GradingError) -> NormalForm? {
        var normalizer = Normalizer(work: work)
        defer { work = normalizer.work }
        return try form(of: expression, by: &normalizer)
    }

    /// The normal form; nil if the expression has no value or too many terms.
    private func form(of expression: Expression, by normalizer: inout Normalizer) throws(GradingError) -> NormalForm? {
        do {
            return try normalizer.form(of: expression)
        } catch let error as GradingError {
            throw error
        } catch {
            return nil
        }
    }
}
