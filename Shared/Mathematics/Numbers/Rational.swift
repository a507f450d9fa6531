public import BigInt

/// A rational number of any size, in lowest terms.
///
/// Numbers whose numerator and denominator are machine integers, which are most of them, are kept as such and computed
/// with without an allocation; the others are BigInts. A number has one representation, so `==` and the hash are
/// structural.
///
/// Nothing here limits the sizes of results, except where a limit is a parameter: ask `bitWidth` before a computation
/// whose operands come from the world.
public struct Rational: Hashable, Sendable {
    /// Both in lowest terms, the denominator positive; `small` exactly if both fit. `big` is indirect, so that a number
    /// is two words.
    enum Storage: Hashable, Sendable {
        case small(Int, Int)
        indirect case big(BigInt, BigInt)
    }

    let storage: Storage

    /// For parts that are in lowest terms and have a positive denominator.
    init(reduced numerator: Int, over denominator: Int) {
        storage = .small(numerator, denominator)
    }

    /// For parts that are in lowest terms and have a positive denominator.
    init(reduced numerator: BigInt, over denominator: BigInt) {
        if let small = Int(exactly: numerator), let smallDenominator = Int(exactly: denominator) {
            storage = .small(small, smallDenominator)
        } else {
            storage = .big(numerator, denominator)
        }
    }

    /// The integer.
    public init(_ integer: Int) {
        storage = .small(integer, 1)
    }

    /// The integer.
    public init(_ integer: BigInt) {
        self.init(reduced: integer, over: 1)
    }

    /// The quotient of two integers.
    ///
    /// - Returns: nil if the denominator is 0.
    public init?(_ numerator: BigInt, over denominator: BigInt) {
        guard !denominator.isZero else { return nil }
        let divisor = BigInt(numerator.magnitude.commonDivisor(with: denominator.magnitude))
        let isNegative = denominator.sign == .minus
        self.init(
            reduced: (isNegative ? -numerator : numerator) / divisor, over: BigInt(denominator.magnitude) / divisor)
    }

    /// The quotient of two integers.
    ///
    /// - Returns: nil if the denominator is 0.
    public init?(_ numerator: Int, over denominator: Int) {
        guard denominator != 0 else { return nil }
        let divisor = numerator.magnitude.commonDivisor(with: denominator.magnitude)
        let isNegative = (numerator < 0) != (denominator < 0)
        let (above, below) = (numerator.magnitude / divisor, denominator.magnitude / divisor)
        if let above = Int(exactly: above), let below = Int(exactly: below) {
            self.init(reduced: isNegative ? -above : above, over: below)
        } else {
            self.init(
                reduced: BigInt(sign: isNegative ? .minus : .plus, magnitude: BigUInt(above)), over: BigInt(below))
        }
    }

    /// The numerator in lowest terms; it has the number's sign.
    public var numerator: BigInt {
        switch storage {
        case .small(let numerator, _): BigInt(numerator)
        case .big(let numerator, _): numerator
        }
    }

    /// The denominator in lowest terms, at least 1.
    public var denominator: BigInt {
        switch storage {
        case .small(_, let denominator): BigInt(denominator)
        case .big(_, let denominator): denominator
        }
    }

    /// Whether the denominator is 1.
    public var isInteger: Bool {
        switch storage {
        case .small(_, let denominator): denominator == 1
        case .big(_, let denominator): denominator == 1
        }
    }

    /// The number as a machine integer; nil if it is none.
    public var machineInteger: Int? {
        if case .small(let numerator, 1) = storage { numerator } else { nil }
    }

    /// -1, 0 or 1.
    public var sign: Int {
        switch storage {
        case .small(let numerator, _): numerator.signum()
        case .big(let numerator, _): numerator.sign == .minus ? -1 : 1
        }
    }

    /// The absolute value.
    public var magnitude: Rational {
        sign < 0 ? -self : self
    }

    /// The bits of the numerator and of the denominator together, signs aside: what the number weighs in a budget.
    ///
    /// A sum or a product has at most the bits of both operands and one more.
    public var bitWidth: Int {
        switch storage {
        case .small(let numerator, let denominator):
            2 * Int.bitWidth - numerator.magnitude.leadingZeroBitCount - denominator.leadingZeroBitCount
        case .big(let numerator, let denominator):
            numerator.magnitude.bitWidth + denominator.magnitude.bitWidth
        }
    }

    /// The number as the nearest double, or one of its two neighbours; infinite or 0 where it is too large or too
    /// small.
    public var approximation: Double {
        if case .small(let numerator, let denominator) = storage { return Double(numerator) / Double(denominator) }
        let (above, below) = (numerator.magnitude, denominator.magnitude)
        let quotient = above.leadingBits / below.leadingBits
        let exponent = above.bitWidth - below.bitWidth
        return Double(sign: sign < 0 ? .minus : .plus, exponent: exponent, significand: quotient)
    }
}

extension Rational: ExpressibleByIntegerLiteral {
    /// The integer.
    public init(integerLiteral value: Int) {
        self.init(value)
    }
}

extension Rational: CustomStringConvertible {
    /// "-3/4", or "5" for an integer.
    public var description: String {
        isInteger ? "\(numerator)" : "\(numerator)/\(denominator)"
    }
}
