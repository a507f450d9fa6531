import BigInt

extension EnclosureContext {
    /// The sine of an angle in radians.
    ///
    /// - Throws: `tooLarge` for angles from 2^32 on.
    public func sin(_ angle: Enclosure) throws(EnclosureError) -> Enclosure {
        try sineAndCosine(angle, in: "sin").sine
    }

    /// The cosine of an angle in radians.
    ///
    /// - Throws: `tooLarge` for angles from 2^32 on.
    public func cos(_ angle: Enclosure) throws(EnclosureError) -> Enclosure {
        try sineAndCosine(angle, in: "cos").cosine
    }

    /// The tangent of an angle in radians.
    ///
    /// - Throws: `tooLarge` for angles from 2^32 on, `undecided` if a pole may be in the interval.
    public func tan(_ angle: Enclosure) throws(EnclosureError) -> Enclosure {
        let (sine, cosine) = try sineAndCosine(angle, in: "tan")
        guard cosine.sign != nil else { throw .undecided("tan", angle) }
        return try quotient(sine, cosine)
    }

    private func sineAndCosine(
        _ angle: Enclosure, in function: String
    ) throws(EnclosureError) -> (sine: Enclosure, cosine: Enclosure) {
        if angle.sign == 0 { return (angle, Enclosure(midpoint: 1)) }
        guard angle.isWithin(powerOfTwo: 32) else { throw .tooLarge(function, angle) }
        if let sine = widenedIfTiny(angle) {
            // 1 - x²/2 ≤ cos x ≤ 1.
            let one = Enclosure(midpoint: BigInt(1) << (2 * midpointBits), radius: 1, exponent: -2 * midpointBits)
            return (sine, try rounded(one, in: function))
        }
        let (quarters, rest, restError, scale) = reducedByQuarters(angle)
        let (sine, cosine, error) = FixedPoint.sineAndCosine(rest.magnitude, scale: scale)
        // No derivative is above 1.
        let radius = error + restError + angle.radius.shiftedUp(angle.exponent + scale)
        func enclosure(_ value: BigInt) throws(EnclosureError) -> Enclosure {
            if radius.bitWidth > scale { return Enclosure(midpoint: 0, radius: 1) }
            return try rounded(Enclosure(midpoint: value, radius: radius, exponent: -scale), in: function)
        }
        let (s, c) = (BigInt(sign: rest.sign, magnitude: sine), BigInt(cosine))
        let (turnedSine, turnedCosine) = [(s, c), (c, -s), (-s, -c), (-c, s)][quarters]
        return (try enclosure(turnedSine), try enclosure(turnedCosine))
    }

    /// The midpoint as quarters · π/2 + rest, the quarters modulo 4, and the rest from -π/4 to π/4 in units of
    /// 2^-scale.
    ///
    /// The scale is so fine that also a rest near 0 is known to `midpointBits`, as far as the constants reach.
    private func reducedByQuarters(
        _ angle: Enclosure
    ) -> (quarters: Int, rest: BigInt, error: BigUInt, scale: Int) {
        // 34 bits for the errors of up to 2^32 quarters.
        let shortest = midpointBits + 32 + 34
        var scale = min(shortest + max(0, -angle.magnitudeExponent), constants.scale)
        while true {
            let magnitude = angle.midpoint.magnitude.shifted(angle.exponent + scale)
            let quarter = constants.halfPi(at: scale)
            var (count, rest) = magnitude.quotientAndRemainder(dividingBy: quarter)
            var signed = BigInt(rest)
            if rest << 1 > quarter {
                count += 1
                rest = quarter - rest
                signed = -BigInt(rest)
            }
            let needed = min(shortest + max(0, scale - rest.bitWidth), constants.scale)
            if needed > scale + 8 {
                scale = needed
                continue
            }
            let isNegative = angle.midpoint.sign == .minus
            let quarters = Int(count % 4)
            return (
                isNegative ? (4 - quarters) % 4 : quarters, isNegative ? -signed : signed,
                1 + count * constants.error, scale
            )
        }
    }

    /// The number itself, a little wider, if it is so near to 0 that its sine, tangent, arcsine and arctangent, which
    /// differ from it by less than its cube, do so by less than a unit of its last bit; otherwise nil.
    func widenedIfTiny(_ number: Enclosure) -> Enclosure? {
        guard number.isWithin(powerOfTwo: -midpointBits) else { return nil }
        // Long enough that the cube is less than a unit.
        let shift = max(0, midpointBits - number.midpoint.magnitude.bitWidth)
        return Enclosure(
            midpoint: number.midpoint << shift, radius: (number.radius << shift) + 1, exponent: number.exponent - shift)
    }
}
