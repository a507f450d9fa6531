extension UInt {
    /// The greatest common divisor; that of 0 and 0 is 1, so that one may divide by it.
    func commonDivisor(with other: UInt) -> UInt {
        // Stein's algorithm: shifts and differences only.
        guard self != 0, other != 0 else { return Swift.max(self | other, 1) }
        let shift = (self | other).trailingZeroBitCount
        var (a, b) = (self >> trailingZeroBitCount, other >> other.trailingZeroBitCount)
        while a != b {
            if a < b { swap(&a, &b) }
            a -= b
            a >>= a.trailingZeroBitCount
        }
        return a << shift
    }
}
