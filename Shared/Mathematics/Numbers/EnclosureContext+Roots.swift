import BigInt

extension EnclosureContext {
    /// The real root of a degree: of an even one the root that is not negative, of an odd one a negative number's
    /// negative one.
    ///
    /// An even root's argument is taken to be a number that has one: the part of its interval below 0 is left out.
    ///
    /// - Throws: `undefined` if the degree is below 1, or even and the argument negative.
    public func root(_ degree: Int, of number: Enclosure) throws(EnclosureError) -> Enclosure {
        guard degree >= 1 else { throw .undefined("A root of degree \(degree)", number) }
        if degree == 1 { return number }
        let isEven = degree.isMultiple(of: 2)
        switch number.sign {
        case 0: return number
        case 1: return try positiveRoot(degree, of: number)
        case -1:
            guard !isEven else { throw .undefined("An even root", number) }
            return -(try positiveRoot(degree, of: -number))
        default:
            guard number.upper > Dyadic(0) || !isEven else { return Enclosure(midpoint: 0) }
            let zero = Enclosure(midpoint: 0)
            let above = number.upper > Dyadic(0) ? try positiveRoot(degree, of: number.supremum) : zero
            let below = isEven || number.lower >= Dyadic(0) ? zero : try positiveRoot(degree, of: (-number).supremum)
            return try enclosure(from: -below.upper, to: above.upper)
        }
    }

    private func positiveRoot(_ degree: Int, of number: Enclosure) throws(EnclosureError) -> Enclosure {
        // An integer's root is cheaper than a logarithm only while the integer, degree times as long, is short.
        guard degree <= 8 else {
            return try exp(
                try quotient(try log(number), try rounded(Enclosure(midpoint: BigInt(degree)), in: "A root")))
        }
        // As many bits that the root has `midpointBits`, and an exponent that the degree divides.
        let missing = degree * (midpointBits + 2) - number.midpoint.magnitude.bitWidth
        let remainder = (number.exponent - missing) % degree
        let shift = missing + (remainder < 0 ? remainder + degree : remainder)
        let power = number.midpoint.magnitude << shift
        let root = power.floorRoot(degree)
        let isExact = number.isExact && root.power(degree) == power
        // The root of a(1 ± d) is within d of that of a, relative to it, for d ≤ 1.
        let spread = ((root + 1) * number.radius).quotientBound(by: number.midpoint.magnitude) + 1
        return try rounded(
            Enclosure(
                midpoint: BigInt(root), radius: isExact ? 0 : spread,
                exponent: (number.exponent - shift) / degree),
            in: "A root")
    }
}
