import BigInt

/// Several steps of Euclid's algorithm at once, found from the leading bits of two numbers: the pair (a, b) becomes
/// (a0·a + b0·b, a1·a + b1·b).
struct EuclideanSteps {
    private var (a0, b0, a1, b1) = (1, 0, 0, 1)

    /// - Parameters:
    ///   - a: the larger number.
    ///   - b: the smaller one, of more than a word.
    /// - Returns: nil if the leading bits do not even tell the first quotient.
    init?(_ a: BigUInt, _ b: BigUInt) {
        // Two bits short of an Int, so that no sum below overflows.
        let shift = a.bitWidth - 61
        var (x, y) = (Int(a >> shift), Int(b >> shift))
        while y + a1 != 0, y + b1 != 0 {
            // The quotients of the pairs' largest and smallest possible ratios; where they agree, they are the exact
            // one.
            let quotient = (x + a0) / (y + a1)
            guard quotient == (x + b0) / (y + b1) else { break }
            (a0, a1) = (a1, a0 - quotient * a1)
            (b0, b1) = (b1, b0 - quotient * b1)
            (x, y) = (y, x - quotient * y)
        }
        if b0 == 0 { return nil }
    }

    func applied(to a: BigUInt, _ b: BigUInt) -> (BigUInt, BigUInt) {
        (Self.sum(a0, a, b0, b), Self.sum(a1, a, b1, b))
    }

    /// p·a + q·b, which is not negative, for p and q of different signs.
    private static func sum(_ p: Int, _ a: BigUInt, _ q: Int, _ b: BigUInt) -> BigUInt {
        let (first, second) = (a * BigUInt(p.magnitude), b * BigUInt(q.magnitude))
        return p < 0 ? second - first : q < 0 ? first - second : first + second
    }
}
