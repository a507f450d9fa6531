import BigInt

extension EnclosureContext {
    /// The sum.
    public func sum(_ first: Enclosure, _ second: Enclosure) throws(EnclosureError) -> Enclosure {
        // 0 has any exponent.
        if first.sign == 0 { return second }
        if second.sign == 0 { return first }
        let exponent = commonExponent(first.exponent, second.exponent)
        let (left, right) = (first.shifted(to: exponent), second.shifted(to: exponent))
        return try rounded(
            Enclosure(midpoint: left.midpoint + right.midpoint, radius: left.radius + right.radius, exponent: exponent),
            in: "A sum")
    }

    /// The first number less the second.
    public func difference(_ first: Enclosure, _ second: Enclosure) throws(EnclosureError) -> Enclosure {
        try sum(first, -second)
    }

    /// The product.
    public func product(_ first: Enclosure, _ second: Enclosure) throws(EnclosureError) -> Enclosure {
        let (a, b) = (first.midpoint.magnitude, second.midpoint.magnitude)
        var midpoint = first.midpoint * second.midpoint
        var radius = a * second.radius + b * first.radius
        let corner = first.radius * second.radius
        if first.sign != nil, second.sign != nil {
            // (a ± r)(b ± s) is ab + rs ± (as + br) for positive factors: their product has a sign, too.
            midpoint += BigInt(sign: midpoint.sign, magnitude: corner)
        } else {
            radius += corner
        }
        return try rounded(
            Enclosure(midpoint: midpoint, radius: radius, exponent: first.exponent + second.exponent), in: "A product")
    }

    /// The first number divided by the second.
    ///
    /// - Throws: `undefined` if the divisor is 0, `undecided` if it may be.
    public func quotient(_ dividend: Enclosure, _ divisor: Enclosure) throws(EnclosureError) -> Enclosure {
        guard let sign = divisor.sign else { throw .undecided("A quotient by a number", divisor) }
        guard sign != 0 else { throw .undefined("A quotient by a number", divisor) }
        let (above, below) = (dividend.midpoint.magnitude, divisor.midpoint.magnitude)
        if divisor.isWide || (dividend.isWide && !divisor.isExact) {
            // The bound below would be too coarse, and lose the sign.
            let one = Enclosure(midpoint: 1)
            let (low, high) = (try quotient(one, divisor.supremum), try quotient(one, divisor.infimum))
            return try product(dividend, try enclosure(from: low.lower, to: high.upper))
        }
        let shift = max(0, midpointBits + 2 + below.bitWidth - above.bitWidth)
        let (quotient, remainder) = (above << shift).quotientAndRemainder(dividingBy: below)
        var radius: BigUInt = remainder.isZero ? 0 : 1
        if !dividend.isExact || !divisor.isExact {
            // |a/b - A/B| ≤ (r + |A/B|·s) / (|B| - s) for a within r of A and b within s of B.
            let spread = (dividend.radius << shift) + (quotient + 1) * divisor.radius
            radius += spread.quotientBound(by: below - divisor.radius)
        }
        return try rounded(
            Enclosure(
                midpoint: BigInt(sign: dividend.midpoint.sign, magnitude: quotient) * BigInt(sign), radius: radius,
                exponent: dividend.exponent - divisor.exponent - shift),
            in: "A quotient")
    }

    /// The absolute value.
    public func absoluteValue(_ number: Enclosure) throws(EnclosureError) -> Enclosure {
        switch number.sign {
        case nil: try enclosure(from: Dyadic(0), to: max(number.upper, -number.lower))
        case -1: -number
        default: number
        }
    }

    /// The power to an integer exponent; anything to the power of 0 is 1.
    ///
    /// - Throws: for a negative exponent as a quotient does.
    public func power(_ base: Enclosure, _ exponent: Int) throws(EnclosureError) -> Enclosure {
        // Squares are not negative, which products of an interval around 0 do not know.
        if exponent.isMultiple(of: 2), base.sign == nil, exponent > 0 {
            let largest = try power(try absoluteValue(base).supremum, exponent)
            return try enclosure(from: Dyadic(0), to: largest.upper)
        }
        var result = Enclosure(midpoint: 1)
        var square = base
        var rest = exponent.magnitude
        while rest > 0 {
            if !rest.isMultiple(of: 2) { result = try product(result, square) }
            rest /= 2
            if rest > 0 { square = try product(square, square) }
        }
        return exponent < 0 ? try quotient(Enclosure(midpoint: 1), result) : result
    }
}

extension Enclosure {
    /// Whether the radius is more than 1/16 of the midpoint: where bounds to first order begin to be coarse.
    var isWide: Bool { radius << 4 > midpoint.magnitude }

    /// The lower end as an exact number.
    var infimum: Enclosure { Enclosure(midpoint: lower.mantissa, exponent: exponent) }

    /// The upper end as an exact number.
    var supremum: Enclosure { Enclosure(midpoint: upper.mantissa, exponent: exponent) }

    /// The interval in units of 2^exponent, a little wider if these are larger than before.
    func shifted(to exponent: Int) -> Enclosure {
        let shift = self.exponent - exponent
        if shift == 0 { return self }
        return Enclosure(
            midpoint: midpoint.shifted(shift), radius: shift > 0 ? radius << shift : (radius >> -shift) + 2,
            exponent: exponent)
    }
}
