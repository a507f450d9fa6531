import BigInt

/// An integer times a power of two: an end of an enclosure.
struct Dyadic: Sendable {
    let mantissa: BigInt
    let exponent: Int

    init(_ mantissa: BigInt, exponent: Int = 0) {
        self.mantissa = mantissa
        self.exponent = exponent
    }

    static prefix func - (number: Dyadic) -> Dyadic {
        Dyadic(-number.mantissa, exponent: number.exponent)
    }

    /// The least n with |number| < 2^n; meaningless for 0.
    var magnitudeExponent: Int { mantissa.magnitude.bitWidth + exponent }

    /// The largest integer that is not above the number.
    var floor: BigInt {
        if exponent >= 0 { return mantissa << exponent }
        let quotient = BigInt(mantissa.magnitude >> -exponent)
        if mantissa.sign == .plus { return quotient }
        return mantissa.magnitude.trailingZeroBitCount >= -exponent ? -quotient : -quotient - 1
    }

    /// -1, 0 or 1 as the number is below, equal to, or above a rational one. Takes a time proportional to the lengths
    /// of the mantissa and of the rational number, however large the exponent is.
    func comparison(with rational: Rational) -> Int {
        let sign = Int(mantissa.signum())
        guard sign == rational.sign, sign != 0 else { return (sign - rational.sign).signum() }
        let (above, below) = (rational.numerator, rational.denominator)
        let difference = magnitudeExponent - (above.magnitude.bitWidth - below.magnitude.bitWidth)
        if difference < -1 || difference > 1 { return difference < 0 ? -sign : sign }
        let product = mantissa * below
        let (left, right) = exponent >= 0 ? (product << exponent, above) : (product, above << -exponent)
        return left < right ? -1 : left > right ? 1 : 0
    }
}

extension Dyadic: Comparable {
    /// Takes a time proportional to the lengths of the mantissas, however large the exponents are.
    static func < (left: Dyadic, right: Dyadic) -> Bool {
        let (leftSign, rightSign) = (left.mantissa.signum(), right.mantissa.signum())
        guard leftSign == rightSign, !leftSign.isZero else { return leftSign < rightSign }
        if left.magnitudeExponent != right.magnitudeExponent {
            return (left.magnitudeExponent < right.magnitudeExponent) == (leftSign == 1)
        }
        let shift = left.exponent - right.exponent
        return shift >= 0 ? left.mantissa << shift < right.mantissa : left.mantissa < right.mantissa << -shift
    }

    static func == (left: Dyadic, right: Dyadic) -> Bool {
        !(left < right) && !(right < left)
    }
}
