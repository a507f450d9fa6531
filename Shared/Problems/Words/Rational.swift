/// An exact fraction in lowest terms, its denominator above zero.
///
/// Arithmetic traps where a number leaves 64 bits; graphs of allowed dials stay far from there.
struct Rational: Hashable, Sendable {
    let numerator: Int
    let denominator: Int

    /// - Precondition: the denominator is not zero.
    init(_ numerator: Int, over denominator: Int = 1) {
        precondition(denominator != 0, "\(numerator) over zero")
        let divisor = Self.greatestCommonDivisor(numerator, denominator) * denominator.signum()
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    static let zero = Rational(0)
    static let one = Rational(1)

    static func + (left: Rational, right: Rational) -> Rational {
        Rational(
            left.numerator * right.denominator + right.numerator * left.denominator,
            over: left.denominator * right.denominator)
    }

    static func * (left: Rational, right: Rational) -> Rational {
        Rational(left.numerator * right.numerator, over: left.denominator * right.denominator)
    }

    static func / (left: Rational, right: Rational) -> Rational {
        Rational(left.numerator * right.denominator, over: left.denominator * right.numerator)
    }

    static func > (left: Rational, right: Rational) -> Bool {
        left.numerator * right.denominator > right.numerator * left.denominator
    }

    static prefix func - (value: Rational) -> Rational { Rational(-value.numerator, over: value.denominator) }

    /// The greatest number that divides both, above zero unless both are zero.
    private static func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
        var (first, second) = (abs(first), abs(second))
        while second != 0 { (first, second) = (second, first % second) }
        return first
    }
}
