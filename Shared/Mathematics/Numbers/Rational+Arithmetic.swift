import BigInt

extension Rational {
    /// The exact sum.
    public static func + (left: Rational, right: Rational) -> Rational {
        if case .small(let a, let b) = left.storage, case .small(let c, let d) = right.storage {
            if let sum = smallSum(a, b, c, d) { return sum }
        }
        let (a, b, c, d) = (left.numerator, left.denominator, right.numerator, right.denominator)
        if b == 1, d == 1 { return Rational(a + c) }
        // Knuth, The Art of Computer Programming 2, 4.5.1: only divisors of the denominators' common one can cancel.
        let common = BigInt(b.magnitude.commonDivisor(with: d.magnitude))
        let sum = a * (d / common) + c * (b / common)
        let rest = BigInt(sum.magnitude.commonDivisor(with: common.magnitude))
        return Rational(reduced: sum / rest, over: (b / common) * (d / rest))
    }

    /// The exact difference.
    public static func - (left: Rational, right: Rational) -> Rational {
        left + -right
    }

    /// The exact product.
    public static func * (left: Rational, right: Rational) -> Rational {
        if case .small(let a, let b) = left.storage, case .small(let c, let d) = right.storage {
            if let product = smallProduct(a, b, c, d) { return product }
        }
        let (a, b, c, d) = (left.numerator, left.denominator, right.numerator, right.denominator)
        // Factors that cancel do so across, as both operands are in lowest terms.
        let first = BigInt(a.magnitude.commonDivisor(with: d.magnitude))
        let second = BigInt(c.magnitude.commonDivisor(with: b.magnitude))
        return Rational(reduced: (a / first) * (c / second), over: (b / second) * (d / first))
    }

    /// The number with the other sign.
    public static prefix func - (number: Rational) -> Rational {
        if case .small(let numerator, let denominator) = number.storage, numerator != .min {
            return Rational(reduced: -numerator, over: denominator)
        }
        return Rational(reduced: -number.numerator, over: number.denominator)
    }

    /// Replaces the number by its sum with another.
    public static func += (left: inout Rational, right: Rational) {
        left = left + right
    }

    /// Replaces the number by its difference from another.
    public static func -= (left: inout Rational, right: Rational) {
        left = left - right
    }

    /// Replaces the number by its product with another.
    public static func *= (left: inout Rational, right: Rational) {
        left = left * right
    }

    /// The exact quotient.
    ///
    /// - Returns: nil if the divisor is 0.
    public func dividing(by divisor: Rational) -> Rational? {
        divisor.reciprocal.map { self * $0 }
    }

    /// 1 divided by the number; nil for 0.
    public var reciprocal: Rational? {
        guard sign != 0 else { return nil }
        if case .small(let numerator, let denominator) = storage, numerator != .min {
            return Rational(reduced: numerator < 0 ? -denominator : denominator, over: abs(numerator))
        }
        return Rational(reduced: sign < 0 ? -denominator : denominator, over: BigInt(numerator.magnitude))
    }

    /// The exact power to an integer exponent; anything to the power of 0 is 1.
    ///
    /// - Parameter bitLimit: the largest `bitWidth` that the result may have; it is checked before anything is
    /// computed.
    /// - Returns: nil for 0 to a negative power, and where the result could exceed the limit.
    public func power(_ exponent: Int, bitLimit: Int) -> Rational? {
        guard exponent >= 0 || sign != 0 else { return nil }
        if exponent == 0 { return 1 }
        // 0, 1 and -1 stay what they are.
        if case .small(-1...1, 1) = storage { return exponent.isMultiple(of: 2) ? self * self : self }
        let bits = bitWidth.magnitude.multipliedReportingOverflow(by: exponent.magnitude)
        guard !bits.overflow, bits.partialValue <= bitLimit.magnitude, bitLimit >= 0 else { return nil }
        let count = Int(exponent.magnitude)
        let power = Rational(reduced: numerator.power(count), over: denominator.power(count))
        return exponent < 0 ? power.reciprocal : power
    }

    /// The largest integer that is not above the number.
    public var floor: Rational {
        if isInteger { return self }
        let quotient = numerator.magnitude / denominator.magnitude
        return Rational(sign < 0 ? -BigInt(quotient) - 1 : BigInt(quotient))
    }

    /// The sum of a/b and c/d; nil where the way to it leaves the machine integers.
    private static func smallSum(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Rational? {
        if b == d {
            let sum = a.addingReportingOverflow(c)
            if sum.overflow { return nil }
            return b == 1 ? Rational(reduced: sum.partialValue, over: 1) : Rational(sum.partialValue, over: b)
        }
        let (left, right) = (a.multipliedReportingOverflow(by: d), c.multipliedReportingOverflow(by: b))
        let sum = left.partialValue.addingReportingOverflow(right.partialValue)
        let below = b.multipliedReportingOverflow(by: d)
        if left.overflow || right.overflow || sum.overflow || below.overflow { return nil }
        return Rational(sum.partialValue, over: below.partialValue)
    }

    /// The product of a/b and c/d; nil where it is not in machine integers.
    private static func smallProduct(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Rational? {
        if b == 1, d == 1 {
            let product = a.multipliedReportingOverflow(by: c)
            return product.overflow ? nil : Rational(reduced: product.partialValue, over: 1)
        }
        // A divisor of two magnitudes of which one is a positive Int is one, too.
        let first = Int(a.magnitude.commonDivisor(with: d.magnitude))
        let second = Int(c.magnitude.commonDivisor(with: b.magnitude))
        let above = (a / first).multipliedReportingOverflow(by: c / second)
        let below = (b / second).multipliedReportingOverflow(by: d / first)
        return above.overflow || below.overflow
            ? nil : Rational(reduced: above.partialValue, over: below.partialValue)
    }
}

extension Rational: Comparable {
    /// Whether the left number is the smaller one.
    public static func < (left: Rational, right: Rational) -> Bool {
        if case .small(let a, let b) = left.storage, case .small(let c, let d) = right.storage {
            return a.multipliedFullWidth(by: d) < c.multipliedFullWidth(by: b)
        }
        if left.sign != right.sign { return left.sign < right.sign }
        return left.numerator * right.denominator < right.numerator * left.denominator
    }
}
