import BigInt

/// A closed interval of real numbers that provably contains a number which cannot be written down.
///
/// Made and computed with by an `EnclosureContext`. Its ends are integers times a power of two, kept as a midpoint and
/// a radius of at most 62 bits: an interval that is narrow relative to its midpoint, which is what the context's
/// precision is spent on, costs one number and not two. The price is paid by wide intervals: [1, 2^100] is kept as one
/// that contains 0.
///
/// - Source: Johansson 2017, *Arb: efficient arbitrary-precision midpoint-radius interval arithmetic*, for the idea;
/// here   midpoint and radius share their exponent.
public struct Enclosure: Sendable {
    /// The interval is [midpoint - radius, midpoint + radius] · 2^exponent.
    let midpoint: BigInt
    let radius: BigUInt
    let exponent: Int

    /// The interval as it is given, without rounding.
    init(midpoint: BigInt, radius: BigUInt = 0, exponent: Int = 0) {
        self.midpoint = midpoint
        self.radius = radius
        self.exponent = exponent
    }

    var lower: Dyadic { Dyadic(midpoint - BigInt(radius), exponent: exponent) }
    var upper: Dyadic { Dyadic(midpoint + BigInt(radius), exponent: exponent) }

    /// The least n with |midpoint| < 2^n; meaningless for a midpoint of 0.
    var magnitudeExponent: Int { midpoint.magnitude.bitWidth + exponent }

    /// Whether the interval is a single number, which is then the exact one.
    public var isExact: Bool { radius.isZero }

    /// -1, 0 or 1 if all numbers of the interval have that sign; nil if it contains 0 and others.
    public var sign: Int? {
        if midpoint.magnitude > radius { return midpoint.sign == .minus ? -1 : 1 }
        return isExact ? 0 : nil
    }

    /// How narrow the interval is: its width is below 2^-knownBits times its midpoint. `Int.max` if it is exact; 0 or
    /// less if nothing is known but a bound.
    public var knownBits: Int {
        isExact ? .max : midpoint.magnitude.bitWidth - radius.bitWidth - 2
    }

    /// The midpoint as a double, to about 1 part in 2^52; infinite or 0 where it is too large or too small.
    public var approximation: Double {
        Double(
            sign: midpoint.sign == .minus ? .minus : .plus, exponent: magnitudeExponent,
            significand: midpoint.magnitude.leadingBits)
    }

    /// Whether no number is in both intervals, which proves that the numbers which they enclose differ.
    public func isDisjoint(from other: Enclosure) -> Bool {
        upper < other.lower || other.upper < lower
    }

    /// Whether the number is in the interval, its ends included; decided exactly.
    public func contains(_ number: Rational) -> Bool {
        lower.comparison(with: number) <= 0 && upper.comparison(with: number) >= 0
    }

    /// Whether the other interval is part of this one, the ends included.
    public func contains(_ other: Enclosure) -> Bool {
        lower <= other.lower && other.upper <= upper
    }

    /// Whether every number of the interval is nearer to 0 than 2^exponent.
    public func isWithin(powerOfTwo exponent: Int) -> Bool {
        let bound = Dyadic(1, exponent: exponent)
        return -bound < lower && upper < bound
    }

    /// The largest integer that is not above the enclosed number; nil where the interval leaves more than one possible,
    /// and from 2^1048576 on.
    public var floor: Rational? {
        guard isWithin(powerOfTwo: 1 << 20) else { return nil }
        let floor = lower.floor
        return upper.floor == floor ? Rational(floor) : nil
    }

    /// The smallest integer that is not below the enclosed number; nil as `floor` is.
    public var ceiling: Rational? {
        (-self).floor.map { -$0 }
    }

    /// The enclosure of the number with the other sign.
    public static prefix func - (enclosure: Enclosure) -> Enclosure {
        Enclosure(midpoint: -enclosure.midpoint, radius: enclosure.radius, exponent: enclosure.exponent)
    }
}

extension Enclosure: CustomStringConvertible {
    /// The midpoint in 17 digits and the known bits, for messages: "1.4142135623730951 (316 bits)".
    public var description: String {
        "\(approximation) (\(isExact ? "exact" : knownBits > 0 ? "\(knownBits) bits" : "its sign is not known"))"
    }
}
