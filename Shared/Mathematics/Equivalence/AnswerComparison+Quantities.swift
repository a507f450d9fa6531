extension AnswerComparison {
    /// Compares two quantities: their values, with what they count where both say it.
    mutating func areEqual(_ first: Quantity, _ second: Quantity) throws(GradingError) -> Bool {
        let (a, b) = (first.withAngle, second.withAngle)
        switch (a.unit?.kind, b.unit?.kind) {
        case (.things(let names), .things(let others)) where names.isDisjoint(with: others): return false
        case (nil, nil), (.things, _), (_, .things), (.percent, .percent): return try areEqualNumbers(a, b)
        case (.degree, .degree), (.radian, .radian): return try areEqualNumbers(a, b)
        case (.degree, .radian): return try isInRadians(a, b)
        case (.radian, .degree): return try isInRadians(b, a)
        case (.percent, _): return try isPercentage(a, of: b)
        case (_, .percent): return try isPercentage(b, of: a)
        case (.degree, nil): return try isAngle(a, b)
        case (nil, .degree): return try isAngle(b, a)
        case (nil, _), (_, nil): return try areEqualNumbers(a, b)
        case (let kind, let other):
            guard kind == other, let factor = a.unit?.factor, let otherFactor = b.unit?.factor else { return false }
            if factor == otherFactor { return try areEqualNumbers(a, b) }
            return try expressions.areEqual(
                .product([a.expression, .number(factor)]), .product([b.expression, .number(otherFactor)]))
        }
    }

    /// p% is p/100. It is also the number p, if that is too large to have been meant as a share.
    private mutating func isPercentage(_ percentage: Quantity, of other: Quantity) throws(GradingError) -> Bool {
        guard other.unit == nil else { return false }
        let share = Expression.quotient(percentage.expression, .number(100))
        if try areEqualNumbers(Quantity(share, decimals: percentage.decimals.map { $0 + 2 }), other) { return true }
        guard case .number(let value) = other.expression.foldedNumber, value.magnitude >= 1 else { return false }
        return try areEqualNumbers(percentage, other)
    }

    /// 30° is 30, and π/6.
    private mutating func isAngle(_ angle: Quantity, _ other: Quantity) throws(GradingError) -> Bool {
        if try areEqualNumbers(angle, other) { return true }
        return try isInRadians(angle, other)
    }

    private mutating func isInRadians(_ angle: Quantity, _ other: Quantity) throws(GradingError) -> Bool {
        try expressions.areEqual(.product([angle.expression, .constant(.degree)]), other.expression)
    }

    private mutating func areEqualNumbers(_ first: Quantity, _ second: Quantity) throws(GradingError) -> Bool {
        if try expressions.areEqual(first.expression, second.expression) { return true }
        if try isRounded(first, second.expression) { return true }
        return try isRounded(second, first.expression)
    }

    /// Whether a decimal with at least six digits after its point, and six that count, is another value rounded or cut off
    /// there, which takes more digits. This is the tolerance of decimals.
    private mutating func isRounded(_ decimal: Quantity, _ value: Expression) throws(GradingError) -> Bool {
        guard let decimals = decimal.decimals, decimals >= Self.decimals, decimals <= 1_000,
            case .number(let number) = decimal.expression.foldedNumber,
            let scale = Rational(10).power(decimals, bitLimit: Limits.bits), (number * scale).magnitude >= 100_000,
            value.symbols.isEmpty
        else { return false }
        if case .number(let exact) = value.foldedNumber, (exact * scale).isInteger { return false }
        // Rounded: within half of the last digit. Cut off: less than one of it nearer to 0. What programs print of doubles, 16
        // digits or more, may be off by the last digit.
        let last = scale.reciprocal ?? 0
        let isDouble = (number * scale).magnitude >= Rational(1_000_000_000_000_000)
        let half = last * (isDouble ? 1 : Rational(2).reciprocal ?? 0)
        let lower = number.sign < 0 ? number - last : number - half
        let upper = number.sign < 0 ? number + half : number + last
        return try expressions.isBetween(lower, value, upper)
    }

    static let decimals = 6
}

extension Quantity {
    /// The quantity with a factor of degrees taken for its unit.
    var withAngle: Quantity {
        guard unit == nil, case .product(let factors) = expression, factors.count == 2, factors[1] == .constant(.degree)
        else {
            return self
        }
        var quantity = self
        quantity.expression = factors[0]
        quantity.unit = Unit(.degree)
        return quantity
    }
}
