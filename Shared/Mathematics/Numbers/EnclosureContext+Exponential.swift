import BigInt

extension EnclosureContext {
    /// The base of the natural logarithm to the power of a number.
    public func exp(_ number: Enclosure) throws(EnclosureError) -> Enclosure {
        if number.sign == 0 { return Enclosure(midpoint: 1) }
        guard number.isWithin(powerOfTwo: 25) else { throw .tooLarge("exp", number) }
        if !Enclosure(midpoint: 0, radius: number.radius, exponent: number.exponent).isWithin(powerOfTwo: -2) {
            // Rises everywhere.
            let (low, high) = (try exp(number.infimum), try exp(number.supremum))
            return try enclosure(from: low.lower, to: high.upper)
        }
        let scale = midpointBits + 32
        let (turns, rest, restError) = reducedByLogarithmOf2(number, scale: scale)
        let (value, error) = FixedPoint.exponential(rest, scale: scale)
        // The derivative is below 3 there; and e^d - 1 < 2d for a radius d ≤ 1/4.
        let spread = (((value + 1) * number.radius) << 1).shiftedUp(number.exponent)
        return try rounded(
            Enclosure(midpoint: BigInt(value), radius: error + 3 * restError + spread, exponent: turns - scale),
            in: "exp")
    }

    /// The midpoint as turns · ln 2 + rest, with the rest from 0 to ln 2 in units of 2^-scale.
    private func reducedByLogarithmOf2(
        _ number: Enclosure, scale: Int
    ) -> (turns: Int, rest: BigUInt, error: BigUInt) {
        // 26 bits more for the errors of up to 2^26 logarithms.
        let inner = scale + 26
        let logarithm = constants.logarithmOf2(at: inner)
        let magnitude = number.midpoint.magnitude.shifted(number.exponent + inner)
        var (turns, rest) = magnitude.quotientAndRemainder(dividingBy: logarithm)
        let error = 1 + (turns + 1) * constants.error
        if number.midpoint.sign == .minus, !rest.isZero {
            turns += 1
            rest = logarithm - rest
        }
        let count = Int(turns)
        return (number.midpoint.sign == .minus ? -count : count, rest >> 26, (error >> 26) + 2)
    }

    /// The natural logarithm.
    ///
    /// - Throws: `undefined` if no number of the interval is positive, `undecided` if not all are.
    public func log(_ number: Enclosure) throws(EnclosureError) -> Enclosure {
        guard number.upper > Dyadic(0) else { throw .undefined("log", number) }
        guard number.sign == 1 else { throw .undecided("log", number) }
        if number.isExact, number.midpoint == 1, number.exponent == 0 { return Enclosure(midpoint: 0) }
        if number.isWide {
            let (low, high) = (try log(number.infimum), try log(number.supremum))
            return try enclosure(from: low.lower, to: high.upper)
        }
        return try logarithm(ofNarrow: number)
    }

    /// The logarithm of a positive interval whose radius is small relative to its midpoint.
    private func logarithm(ofNarrow number: Enclosure) throws(EnclosureError) -> Enclosure {
        let (midpoint, exponent) = (number.midpoint.magnitude, number.exponent)
        let scale = midpointBits + 32
        // midpoint · 2^exponent = fraction · 2^turns, 1 ≤ fraction < 2.
        let turns = number.magnitudeExponent - 1
        if turns == 0 || turns == -1 {
            // Near 1 the difference from 1, which is exact, decides to how many bits the logarithm is known.
            let difference = number.midpoint - BigInt(BigUInt(1) << -exponent)
            let zeros = -(difference.magnitude.bitWidth + exponent)
            if zeros >= 10 {
                let inner = scale + zeros
                let part = difference.magnitude.shifted(exponent + inner)
                let two = BigUInt(2) << inner
                let (value, error) = twiceHyperbolicArctangent(
                    part, over: difference.sign == .plus ? two + part : two - part, scale: inner)
                let signed = BigInt(sign: difference.sign, magnitude: value)
                let radius = error + logarithmSpread(of: number, scale: inner)
                return try rounded(Enclosure(midpoint: signed, radius: radius, exponent: -inner), in: "log")
            }
        }
        let fraction = midpoint.shifted(scale + 1 - midpoint.bitWidth)
        // log(fraction) = guess + log(fraction / e^guess), and the last is 2·atanh((f - g) / (f + g)), which is tiny.
        let guess = BigUInt(UInt(Self.logarithm(2 * midpoint.leadingBits) * 0x1p50)) << (scale - 50)
        let (power, powerError) = FixedPoint.exponential(guess, scale: scale)
        let isAbove = fraction >= power
        let (value, error) = twiceHyperbolicArctangent(
            isAbove ? fraction - power : power - fraction, over: fraction + power, scale: scale)
        let rest = BigInt(guess) + BigInt(sign: isAbove ? .plus : .minus, magnitude: value)
        let logarithms = BigInt(turns) * BigInt(constants.logarithmOf2(at: scale))
        // The power is at least 1, so its error and the fraction's count at most twice.
        let radius =
            error + 2 * powerError + 2 + BigUInt(turns.magnitude) * constants.error
            + logarithmSpread(of: number, scale: scale)
        return try rounded(Enclosure(midpoint: logarithms + rest, radius: radius, exponent: -scale), in: "log")
    }

    /// How far the logarithm of an interval goes from that of its midpoint, in units of 2^-scale.
    private func logarithmSpread(of number: Enclosure, scale: Int) -> BigUInt {
        // |log(1 ± d)| < 2d for d ≤ 1/16.
        number.isExact ? 0 : (number.radius << (scale + 1)).quotientBound(by: number.midpoint.magnitude)
    }

    /// 2·atanh(part / whole) for part ≤ whole/2, both in units of 2^-scale, the whole at least 1.
    private func twiceHyperbolicArctangent(
        _ part: BigUInt, over whole: BigUInt, scale: Int
    ) -> (value: BigUInt, error: BigUInt) {
        let (value, error) = FixedPoint.arctangent((part << scale) / whole, isHyperbolic: true, scale: scale)
        // The part, the whole and the quotient are each less than a unit off, and the derivative is at most 4/3.
        return (2 * value, 2 * error + 8)
    }

    /// The natural logarithm of a number from 1 to 2, rounded down to 40 bits or more; not below 0.
    private static func logarithm(_ number: Double) -> Double {
        let ratio = (number - 1) / (number + 1)
        var (sum, power) = (0.0, ratio)
        for index in 0..<18 {
            sum += power / Double(2 * index + 1)
            power *= ratio * ratio
        }
        return 2 * sum
    }
}
