import BigInt

extension BigInt {
    /// The number times 2^bits, without the fraction; the error is less than 1.
    func shifted(_ bits: Int) -> BigInt {
        BigInt(sign: sign, magnitude: magnitude.shifted(bits))
    }
}

extension BigUInt {
    /// The number times 2^bits, without the fraction; the error is less than 1.
    func shifted(_ bits: Int) -> BigUInt {
        bits >= 0 ? self << bits : self >> -bits
    }

    /// An integer that is not below the number times 2^bits, and by no more than 1 above.
    func shiftedUp(_ bits: Int) -> BigUInt {
        bits >= 0 || isZero ? shifted(bits) : (self >> -bits) + 1
    }

    /// A number that is not below the quotient, nor above it by more than 2 and 1 part in 2^60; cheaper than a
    /// division.
    func quotientBound(by divisor: BigUInt) -> BigUInt {
        let excess = Swift.max(0, divisor.bitWidth - UInt.bitWidth)
        return ((self >> excess) + 1) / (divisor >> excess) + 1
    }

    /// The number divided by the power of two that has as many bits, rounded: from 1/2 up to 1; 0 for 0.
    var leadingBits: Double {
        let excess = bitWidth - UInt.bitWidth
        let word = UInt(excess > 0 ? self >> excess : self)
        return Double(sign: .plus, exponent: -(excess > 0 ? UInt.bitWidth : bitWidth), significand: Double(word))
    }
}
