import BigInt

extension EnclosureContext {
    /// The arctangent, from -π/2 to π/2.
    public func atan(_ number: Enclosure) throws(EnclosureError) -> Enclosure {
        if number.sign == 0 { return number }
        if let result = widenedIfTiny(number) { return result }
        let magnitude = number.midpoint.magnitude
        let top = number.magnitudeExponent
        let isAbove1 = top > 1 || (top == 1 && magnitude.trailingZeroBitCount < magnitude.bitWidth - 1)
        guard isAbove1 else { return try arctangent(upTo1: number) }
        if number.isWide {
            // Rises everywhere.
            return try enclosure(from: try atan(number.infimum).lower, to: try atan(number.supremum).upper)
        }
        let inverse = try quotient(Enclosure(midpoint: 1), number)
        let limit = number.sign == -1 ? -halfPi : halfPi
        if let rest = widenedIfTiny(inverse) { return try difference(limit, rest) }
        return try difference(limit, try arctangent(upTo1: inverse))
    }

    /// The arcsine, from -π/2 to π/2. The part of the interval outside of [-1, 1] is left out.
    ///
    /// - Throws: `undefined` if the whole interval is outside.
    public func asin(_ number: Enclosure) throws(EnclosureError) -> Enclosure {
        if number.sign == 0 { return number }
        if let result = widenedIfTiny(number) { return result }
        try requireNumbersUpTo1(number, in: "asin")
        if isInside1(number), let result = try arcsine(inside: number) { return result }
        func atEnd(_ end: Enclosure) throws(EnclosureError) -> Enclosure {
            if isInside1(end), let result = try arcsine(inside: end) { return result }
            return end.sign == 1 ? halfPi : -halfPi
        }
        return try enclosure(from: try atEnd(number.infimum).lower, to: try atEnd(number.supremum).upper)
    }

    /// The arccosine, from 0 to π. The part of the interval outside of [-1, 1] is left out.
    ///
    /// - Throws: `undefined` if the whole interval is outside.
    public func acos(_ number: Enclosure) throws(EnclosureError) -> Enclosure {
        try requireNumbersUpTo1(number, in: "acos")
        if isInside1(number) { return try arccosine(inside: number) }
        func atEnd(_ end: Enclosure) throws(EnclosureError) -> Enclosure {
            if isInside1(end) { return try arccosine(inside: end) }
            return end.sign == 1 ? Enclosure(midpoint: 0) : pi
        }
        return try enclosure(from: try atEnd(number.supremum).lower, to: try atEnd(number.infimum).upper)
    }

    private var halfPi: Enclosure {
        Enclosure(midpoint: pi.midpoint, radius: pi.radius, exponent: pi.exponent - 1)
    }

    /// The arctangent of an interval whose midpoint is not above 1 in magnitude.
    private func arctangent(upTo1 number: Enclosure) throws(EnclosureError) -> Enclosure {
        // A number near 0 is known to more bits after the point.
        let zeros = max(0, -number.magnitudeExponent)
        let scale = midpointBits + 32 + zeros
        let tangent = number.midpoint.magnitude.shifted(number.exponent + scale)
        var (angle, radius) = (BigInt(0), number.radius.shiftedUp(number.exponent + scale))
        if zeros >= 10 {
            let (value, error) = FixedPoint.arctangent(tangent, isHyperbolic: false, scale: scale)
            (angle, radius) = (BigInt(value), radius + error + 2)
        } else {
            // atan t = guess + atan((t·cos - sin) / (cos + t·sin)) with the sine and the cosine of the guess, and the
            // last is tiny.
            let start = Double(
                sign: .plus, exponent: number.magnitudeExponent, significand: number.midpoint.magnitude.leadingBits)
            let guess = BigUInt(UInt(Self.arctangent(start) * 0x1p50)) << (scale - 50)
            let (sine, cosine, error) = FixedPoint.sineAndCosine(guess, scale: scale)
            let above = BigInt(tangent * cosine) - BigInt(sine << scale)
            let below = (cosine << scale) + tangent * sine
            let ratio = (above.magnitude << scale) / below
            let (value, seriesError) = FixedPoint.arctangent(ratio, isHyperbolic: false, scale: scale)
            angle = BigInt(guess) + BigInt(sign: above.sign, magnitude: value)
            // The errors of sine and cosine turn their angle by less than twice as much. The tangent and the ratio are
            // each less than a unit off.
            radius += 2 * error + seriesError + 2
        }
        return try rounded(
            Enclosure(midpoint: angle * number.midpoint.signum(), radius: radius, exponent: -scale), in: "atan")
    }

    /// The arctangent of a number from 0 to 1, rounded down or up at 40 bits or more; not below 0.
    private static func arctangent(_ number: Double) -> Double {
        // atan t = 2·atan(t / (1 + √(1 + t²))), twice.
        var ratio = number
        for _ in 0..<2 { ratio /= 1 + (1 + ratio * ratio).squareRoot() }
        var (sum, power) = (0.0, ratio)
        for index in 0..<12 {
            sum += power / Double(2 * index + 1)
            power *= -ratio * ratio
        }
        return 4 * sum
    }

    /// The arcsine of an interval inside (-1, 1); nil if it is too wide for this formula.
    private func arcsine(inside number: Enclosure) throws(EnclosureError) -> Enclosure? {
        let one = Enclosure(midpoint: 1)
        let square = try product(try difference(one, number), try sum(one, number))
        guard square.sign == 1 else { return nil }
        return try atan(try quotient(number, try root(2, of: square)))
    }

    /// The arccosine of an interval inside (-1, 1).
    private func arccosine(inside number: Enclosure) throws(EnclosureError) -> Enclosure {
        let one = Enclosure(midpoint: 1)
        let ratio = try quotient(try difference(one, number), try sum(one, number))
        return try product(Enclosure(midpoint: 2), try atan(try root(2, of: ratio)))
    }

    private func isInside1(_ number: Enclosure) -> Bool {
        number.isWithin(powerOfTwo: 0)
    }

    private func requireNumbersUpTo1(_ number: Enclosure, in function: String) throws(EnclosureError) {
        guard number.lower <= Dyadic(1), number.upper >= Dyadic(-1) else { throw .undefined(function, number) }
    }
}
