import BigInt

extension BigUInt {
    /// The greatest common divisor; that of 0 and 0 is 1, so that one may divide by it.
    ///
    /// - Source: Lehmer's algorithm, as in Knuth, The Art of Computer Programming 2, 4.5.2, algorithm L.
    func commonDivisor(with other: BigUInt) -> BigUInt {
        var (a, b) = self < other ? (other, self) : (self, other)
        while b.bitWidth > UInt.bitWidth {
            if let steps = EuclideanSteps(a, b) {
                (a, b) = steps.applied(to: a, b)
            } else {
                (a, b) = (b, a % b)
            }
        }
        if b.isZero { return a.isZero ? 1 : a }
        return BigUInt(UInt(b).commonDivisor(with: UInt(a % b)))
    }
}
