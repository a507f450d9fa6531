import BigInt

/// Computes with enclosures of real numbers in one precision.
///
/// The result of each function contains every exact result for arguments in the intervals it is given. It is wider than
/// that by a few units in the last of `precision + 64` bits, relative to the result, however small that is; only sums
/// that cancel lose more.
///
/// Nothing that is asked of a context takes long: numbers outside of 2^±16777216 and angles from 2^32 on are refused
/// with `EnclosureError.tooLarge`, and at 256 bits no function takes more than a fraction of a millisecond, but for the
/// time that it takes to read a rational number that is itself large.
///
/// A context is a value: make one, which computes its constants once, and hand it on.
public struct EnclosureContext: Sendable {
    /// The bits to which results of exact arguments are known, at least.
    public let precision: Int

    /// The longest midpoint that rounding leaves, in bits.
    let midpointBits: Int
    let constants: FixedPointConstants

    /// The bits of the longest radius that rounding leaves: few enough for one word, and so many that the last bit
    /// of a wide interval's midpoint does not matter.
    static let radiusBits = 62
    /// No enclosure's exponent is farther from 0.
    static let largestExponent = 1 << 24

    /// - Parameter precision: in bits, from 32 to 4096. Anything else is our own mistake, and traps.
    public init(precision: Int = 256) {
        precondition((32...4096).contains(precision), "The precision is from 32 to 4096 bits; it is \(precision).")
        self.precision = precision
        midpointBits = precision + 64
        constants = FixedPointConstants(scale: 2 * midpointBits + 160)
    }

    /// The ratio of a circle's circumference to its diameter.
    public var pi: Enclosure {
        let halfPi = constants.halfPi(at: midpointBits)
        return Enclosure(midpoint: BigInt(halfPi), radius: constants.error, exponent: 1 - midpointBits)
    }

    /// The base of the natural logarithm.
    public var e: Enclosure {
        Enclosure(
            midpoint: BigInt(constants.e >> (constants.scale - midpointBits)), radius: constants.error,
            exponent: -midpointBits)
    }

    /// The narrowest enclosure of a rational number: exact if it is an integer times a power of two of moderate length.
    public func enclosure(of number: Rational) throws(EnclosureError) -> Enclosure {
        let numerator = try rounded(Enclosure(midpoint: number.numerator), in: "A number")
        if number.isInteger { return numerator }
        return try quotient(numerator, try rounded(Enclosure(midpoint: number.denominator), in: "A number"))
    }

    /// An enclosure of all numbers between the two, which may stand in any order.
    public func enclosure(from first: Rational, to second: Rational) throws(EnclosureError) -> Enclosure {
        let (first, second) = (try enclosure(of: first), try enclosure(of: second))
        return try enclosure(from: min(first.lower, second.lower), to: max(first.upper, second.upper))
    }

    /// An enclosure of all numbers between the ends.
    func enclosure(from lower: Dyadic, to upper: Dyadic) throws(EnclosureError) -> Enclosure {
        // 0 has any exponent.
        let lower = lower.mantissa.isZero ? Dyadic(0, exponent: upper.exponent) : lower
        let upper = upper.mantissa.isZero ? Dyadic(0, exponent: lower.exponent) : upper
        let exponent = commonExponent(lower.exponent, upper.exponent)
        let low = lower.mantissa.shifted(lower.exponent - exponent)
        let high = upper.mantissa.shifted(upper.exponent - exponent)
        // A shift to the right loses less than a unit, which is two units of half the size.
        let lost: BigUInt = exponent > min(lower.exponent, upper.exponent) ? 2 : 0
        let enclosure = Enclosure(midpoint: low + high, radius: (high - low).magnitude + lost, exponent: exponent - 1)
        return try rounded(enclosure, in: "An interval")
    }

    /// The exponent to compute a sum in: the lower one, so that nothing is lost, but no farther below the higher one
    /// than matters.
    func commonExponent(_ first: Int, _ second: Int) -> Int {
        max(min(first, second), max(first, second) - 2 * midpointBits)
    }

    /// The interval with a midpoint of no more than `midpointBits` and a radius of no more than `radiusBits`, outward.
    ///
    /// An exact number stays exact if it can.
    func rounded(_ enclosure: Enclosure, in function: String) throws(EnclosureError) -> Enclosure {
        var (midpoint, radius, exponent) = (enclosure.midpoint, enclosure.radius, enclosure.exponent)
        if midpoint.isZero, radius.isZero { return Enclosure(midpoint: 0) }
        let excess = max(midpoint.magnitude.bitWidth - midpointBits, radius.bitWidth - Self.radiusBits)
        let zeros = radius.isZero ? midpoint.magnitude.trailingZeroBitCount : 0
        let shift = max(zeros, excess)
        if shift > 0 {
            midpoint = midpoint.shifted(-shift)
            radius = (radius >> shift) + (shift > zeros ? 2 : 0)
            exponent += shift
        }
        guard exponent.magnitude <= Self.largestExponent else { throw .tooLarge(function, enclosure) }
        return Enclosure(midpoint: midpoint, radius: radius, exponent: exponent)
    }
}
