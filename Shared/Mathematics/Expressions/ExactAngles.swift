/// Sines and cosines of the multiples of π that have them in square roots.
enum ExactAngles {
    /// cos(rπ); nil unless 12 r is an integer.
    static func cosine(_ turns: Rational, _ normalizer: inout Normalizer) throws -> NormalForm? {
        try sine(turns + (Rational(2).reciprocal ?? 0), &normalizer)
    }

    /// sin(rπ); nil unless 12 r is an integer.
    static func sine(_ turns: Rational, _ normalizer: inout Normalizer) throws -> NormalForm? {
        let twelfths = turns * 12
        guard twelfths.isInteger,
            let position = (twelfths - (turns * (Rational(2).reciprocal ?? 0)).floor * 24).machineInteger
        else { return nil }
        // Now 0 to 23 twelfths of π: the second half is the first with the other sign, and its halves mirror each other.
        let half = position % 12
        let quarter = half <= 6 ? half : 12 - half
        let value = try form(of: values[quarter], &normalizer)
        return position < 12 ? value : NormalForm(value.numerator.scaled(by: -1), over: value.denominator)
    }

    private static func form(of expression: Expression, _ normalizer: inout Normalizer) throws -> NormalForm {
        try normalizer.form(of: expression)
    }

    private static func root(_ number: Rational) -> Expression { .root(.number(number), degree: 2) }

    /// sin of 0 to 6 twelfths of π.
    private static let values: [Expression] = [
        .zero, .quotient(.sum([root(6), root(2).negated]), .number(4)), .quotient(.one, .number(2)),
        .quotient(root(2), .number(2)), .quotient(root(3), .number(2)),
        .quotient(.sum([root(6), root(2)]), .number(4)), .one,
    ]
}
