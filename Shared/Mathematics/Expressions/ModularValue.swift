/// The value of a quotient of polynomials at a point, modulo a prime.
///
/// Two different quotients whose cross products have a degree of at most d agree at a random point with a probability of at
/// most d/p. This is what decides about expressions that are too large to be expanded, such as (x + 1)^200.
///
/// - Source: Schwartz 1980, Zippel 1979.
struct ModularValue {
    /// The expression is no quotient of polynomials with small degrees, or has no value at this point.
    struct Unsuited: Error {}

    /// A prime below 2^61 that is 1 modulo 4, so that -1 has a square root.
    struct Field {
        let prime: UInt64
        let rootOfMinusOne: UInt64

        static let all = [
            Field(prime: 2_305_843_009_213_693_921, rootOfMinusOne: 583_529_827_753_931_384),
            Field(prime: 2_305_843_009_213_693_693, rootOfMinusOne: 966_685_122_347_009_555),
            Field(prime: 2_305_843_009_213_693_669, rootOfMinusOne: 1_290_453_122_423_660_404),
        ]

        func multiply(_ a: UInt64, _ b: UInt64) -> UInt64 {
            let (high, low) = a.multipliedFullWidth(by: b)
            return prime.dividingFullWidth((high, low)).remainder
        }

        func add(_ a: UInt64, _ b: UInt64) -> UInt64 {
            let sum = a + b
            return sum >= prime ? sum - prime : sum
        }

        func power(_ base: UInt64, _ exponent: UInt64) -> UInt64 {
            var (result, square, rest): (UInt64, UInt64, UInt64) = (1, base, exponent)
            while rest > 0 {
                if rest & 1 == 1 { result = multiply(result, square) }
                square = multiply(square, square)
                rest >>= 1
            }
            return result
        }

        /// By Fermat's little theorem; nil for 0.
        func inverse(_ value: UInt64) -> UInt64? { value == 0 ? nil : power(value, prime - 2) }
    }

    let field: Field
    /// What each symbol stands for; π and e are among them, as transcendental numbers are like variables.
    let values: [String: UInt64]
    /// A bound of the degree, added up over all that was evaluated.
    private(set) var degree = 0

    /// The largest degree that is taken: the chance of an error is below 2^-40 at one point.
    static let largestDegree = 1 << 20

    init(field: Field, values: [String: UInt64]) {
        self.field = field
        self.values = values
    }

    /// The value of an expression.
    mutating func value(of expression: Expression) throws -> UInt64 {
        switch expression {
        case .number(let number): return try residue(of: number)
        case .symbol(let name):
            degree += 1
            guard let value = values[name] else { throw Unsuited() }
            return value
        case .constant(.i): return field.rootOfMinusOne
        case .constant(.pi), .constant(.e):
            degree += 1
            guard let value = values[expression == .constant(.pi) ? Self.pi : Self.e] else { throw Unsuited() }
            return value
        case .constant(.degree), .constant(.infinity), .root, .function: throw Unsuited()
        case .sum(let terms):
            var sum: UInt64 = 0
            for term in terms { sum = field.add(sum, try value(of: term)) }
            return sum
        case .product(let factors):
            var product: UInt64 = 1
            for factor in factors { product = field.multiply(product, try value(of: factor)) }
            return product
        case .quotient(let above, let below):
            guard let inverse = field.inverse(try value(of: below)) else { throw Unsuited() }
            return field.multiply(try value(of: above), inverse)
        case .power(let base, let exponent):
            guard case .number(let number) = exponent.foldedNumber, let count = number.machineInteger,
                count.magnitude <= UInt(Self.largestDegree)
            else { throw Unsuited() }
            let before = degree
            let value = try value(of: base)
            degree = before + (degree - before) * Int(max(1, count.magnitude))
            guard degree <= Self.largestDegree else { throw Unsuited() }
            let power = field.power(value, UInt64(count.magnitude))
            guard count < 0 else { return power }
            guard let inverse = field.inverse(power) else { throw Unsuited() }
            return inverse
        }
    }

    static let pi = "\u{3C0}"
    static let e = "\u{212F}"

    private func residue(of number: Rational) throws -> UInt64 {
        let prime = Rational(Int(field.prime))
        func residue(_ integer: Rational) -> UInt64 {
            guard let quotient = integer.dividing(by: prime)?.floor else { return 0 }
            return UInt64((integer - quotient * prime).machineInteger ?? 0)
        }
        let below = residue(Rational(number.denominator))
        guard let inverse = field.inverse(below) else { throw Unsuited() }
        return field.multiply(residue(Rational(number.numerator)), inverse)
    }
}

extension Expression {
    /// The number that a product with -1 is, as a sign before a number is read.
    var foldedNumber: Expression {
        if case .product(let factors) = self {
            let numbers = factors.map { if case .number(let value) = $0 { value } else { nil as Rational? } }
            if numbers.allSatisfy({ $0 != nil }) { return .number(numbers.reduce(1) { $0 * ($1 ?? 1) }) }
        }
        return self
    }
}
