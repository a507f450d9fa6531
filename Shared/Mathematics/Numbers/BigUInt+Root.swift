import BigInt

extension BigUInt {
    /// The largest integer whose power is not above the number, for a small degree from 2 on and a number of some
    /// hundred bits or more.
    ///
    /// Newton's iteration, from a little above, down to the first number that is not smaller than the last.
    func floorRoot(_ degree: Int) -> BigUInt {
        var root = upperRoot(degree)
        while true {
            let next = (root * BigUInt(degree - 1) + self / root.power(degree - 1)) / BigUInt(degree)
            if next >= root { return root }
            root = next
        }
    }

    /// A number above the root, or equal to it, by less than 1 part in 2^40.
    private func upperRoot(_ degree: Int) -> BigUInt {
        // The number is leading · 2^excess, and the excess a multiple of the degree.
        let excess = Swift.max(0, (bitWidth - 62 + degree - 1) / degree * degree)
        let leading = Double(UInt(self >> excess))
        var root = Double(sign: .plus, exponent: Int(leading.exponent) / degree + 1, significand: 1)
        for _ in 0..<64 {
            var power = 1.0
            for _ in 1..<degree { power *= root }
            let next = root - (root - leading / power) / Double(degree)
            if next >= root { break }
            root = next
        }
        // What was cut off and rounded is less than 1 part in 2^44, which is added.
        let fraction = 50 - Int(root.exponent)
        let scaled = BigUInt(UInt(root * (1 + 0x1p-44) * Double(sign: .plus, exponent: fraction, significand: 1))) + 2
        return (scaled << (excess / degree)) >> fraction
    }
}
