import BigInt

/// Series of elementary functions, of arguments and with results in units of 2^-scale.
///
/// Each says how far its result is from the exact value at its exact argument, in units. The bounds count, for each
/// operation, what it rounds away and how it magnifies what was rounded away before.
extension FixedPoint {
    /// e^t for 0 ≤ t < 3/4.
    ///
    /// The series is summed at t / 2^k and squared k times.
    static func exponential(_ t: BigUInt, scale: Int) -> (value: BigUInt, error: BigUInt) {
        let halvings = halvings(scale: scale)
        let inner = wordScale(scale + 2 * halvings + 16)
        let reduced = FixedPoint(t, scale: scale + halvings, fractionWords: inner.words)
        var sum = FixedPoint(1, fractionWords: inner.words)
        sum += reduced
        var term = reduced
        var divisor: UInt = 1
        while !term.isZero {
            divisor += 1
            term = term * reduced
            term /= divisor
            sum += term
        }
        // A term is at most 3 units too small: reduced ≤ 1/2 halves the last one's error, a product and a quotient lose
        // less than a unit each. All terms after the last are less than it, which is less than 3.
        var error = BigUInt(3 * divisor + 6)
        for _ in 0..<halvings {
            // The number is at most e^(3/8) < 1.46 before it is squared, so its error grows by less than 3.
            sum = sum * sum
            error = 3 * error + 2
        }
        return (sum.units(scale: scale), (error >> (inner.bits - scale)) + 2)
    }

    /// sin t and cos t for 0 ≤ t ≤ 4/5, each to the same error.
    ///
    /// The series are summed at t / 2^k, and the angle is doubled k times. A small t needs fewer doublings.
    static func sineAndCosine(_ t: BigUInt, scale: Int) -> (sine: BigUInt, cosine: BigUInt, error: BigUInt) {
        let halvings = max(0, halvings(scale: scale) / 2 - (scale - t.bitWidth))
        let inner = wordScale(scale + 2 * halvings + 16)
        let reduced = FixedPoint(t, scale: scale + halvings, fractionWords: inner.words)
        let square = reduced * reduced
        let one = FixedPoint(1, fractionWords: inner.words)
        var (sine, cosine) = (reduced, one)
        var (oddTerm, evenTerm, divisor, isAdded) = (reduced, one, UInt(1), false)
        while !evenTerm.isZero {
            evenTerm = evenTerm * square
            evenTerm /= divisor * (divisor + 1)
            oddTerm = oddTerm * square
            oddTerm /= (divisor + 1) * (divisor + 2)
            if isAdded {
                cosine += evenTerm
                sine += oddTerm
            } else {
                cosine -= evenTerm
                sine -= oddTerm
            }
            isAdded.toggle()
            divisor += 2
        }
        // As above, a term is at most 3 units off; the square's own error adds less than a unit to a product. The terms
        // alternate and fall, so all after the last come to less than it.
        var error = BigUInt(3 * divisor + 6)
        for _ in 0..<halvings {
            // |sine| + |cosine| ≤ √2, and |sine| < 0.4 before it is squared, so neither error grows by more than 3.
            let (product, square) = (sine * cosine, sine * sine)
            sine = product
            sine += product
            cosine = one
            cosine -= square
            cosine -= square
            error = 3 * error + 2
        }
        return (sine.units(scale: scale), cosine.units(scale: scale), (error >> (inner.bits - scale)) + 2)
    }

    /// atan t, or atanh t, for 0 ≤ t ≤ 1/2; meant for a small t.
    static func arctangent(
        _ t: BigUInt, isHyperbolic: Bool, scale: Int
    ) -> (value: BigUInt, error: BigUInt) {
        let inner = wordScale(scale)
        var power = FixedPoint(t, scale: scale, fractionWords: inner.words)
        let square = power * power
        var (sum, divisor, isAdded) = (power, UInt(1), isHyperbolic)
        while !power.isZero {
            power = power * square
            divisor += 2
            let term = power / divisor
            if isAdded { sum += term } else { sum -= term }
            if !isHyperbolic { isAdded.toggle() }
        }
        // A power is at most 2 units too small, as the square is at most 1/4; all terms after the last come to less
        // than 2.
        return (sum.units(scale: scale), (BigUInt(divisor + 4) >> (inner.bits - scale)) + 2)
    }

    /// atan(1/n), or atanh(1/n), for n from 2 on; the error is less than 3 units in each of fewer than `scale` terms.
    static func arctangent(reciprocalOf n: UInt, isHyperbolic: Bool, scale: Int) -> BigUInt {
        let inner = wordScale(scale)
        var power = FixedPoint(1, fractionWords: inner.words) / n
        var (sum, divisor, isAdded) = (power, UInt(1), isHyperbolic)
        while !power.isZero {
            power /= n * n
            divisor += 2
            if isAdded { sum += power / divisor } else { sum -= power / divisor }
            if !isHyperbolic { isAdded.toggle() }
        }
        return sum.units(scale: scale)
    }

    /// How often to halve an argument: about the square root of the scale balances the squarings against the terms.
    private static func halvings(scale: Int) -> Int {
        Int(Double(scale).squareRoot() * 0.75)
    }

    /// The next scale of whole words.
    private static func wordScale(_ scale: Int) -> (words: Int, bits: Int) {
        let words = (scale + UInt.bitWidth - 1) / UInt.bitWidth
        return (words, words * UInt.bitWidth)
    }
}
