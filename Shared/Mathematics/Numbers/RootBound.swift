public import BigInt

/// How near to 0 the value of an expression of integers, +, −, ×, ÷ and roots can be without being 0.
///
/// Built along with the expression. An enclosure of its value that contains 0 and lies within the bound proves that the
/// value is 0, which no precision of its own could.
///
/// - Source: Burnikel, Funke, Mehlhorn, Schirra and Schmitt 2009, *A separation bound for real algebraic expressions*
///   (Algorithmica 55; first at ESA 2001). The value is U/L for algebraic integers U and L, none of whose conjugates is
///   above u or l in magnitude, in a field of degree D, which the roots' degrees multiply to. So if it is not 0, it is
///   at least 1 / (l·u^(D-1)).
public struct RootBound: Sendable, Hashable {
    /// log2 of u and l, rounded up.
    let upperBits: Int
    let lowerBits: Int
    /// The product of the degrees of all roots in the expression, each occurrence counted.
    public let degree: Int

    init(upperBits: Int, lowerBits: Int, degree: Int) {
        self.upperBits = upperBits
        self.lowerBits = lowerBits
        self.degree = degree
    }

    /// The bound of an integer.
    public init(_ integer: BigInt) {
        self.init(upperBits: Self.bits(of: integer), lowerBits: 0, degree: 1)
    }

    /// The bound of the quotient of a rational number's numerator and denominator.
    public init(_ number: Rational) {
        self.init(upperBits: Self.bits(of: number.numerator), lowerBits: Self.bits(of: number.denominator), degree: 1)
    }

    /// The value is 0 or at least 2^-bits in magnitude. `Int.max` where the bits are too many to count.
    public var bits: Int {
        degree == .max ? .max : Self.sum(lowerBits, Self.product(upperBits, degree - 1))
    }

    /// The bound of a sum, and of a difference.
    public static func + (left: RootBound, right: RootBound) -> RootBound {
        let (first, second) = (sum(left.upperBits, right.lowerBits), sum(left.lowerBits, right.upperBits))
        return RootBound(
            upperBits: sum(max(first, second), 1), lowerBits: sum(left.lowerBits, right.lowerBits),
            degree: product(left.degree, right.degree))
    }

    /// The bound of a product.
    public static func * (left: RootBound, right: RootBound) -> RootBound {
        RootBound(
            upperBits: sum(left.upperBits, right.upperBits), lowerBits: sum(left.lowerBits, right.lowerBits),
            degree: product(left.degree, right.degree))
    }

    /// The bound of a quotient; the divisor must not be 0.
    public static func / (left: RootBound, right: RootBound) -> RootBound {
        left * RootBound(upperBits: right.lowerBits, lowerBits: right.upperBits, degree: right.degree)
    }

    /// The bound of a root of a degree, which is at least 1.
    public func root(_ rootDegree: Int) -> RootBound {
        precondition(rootDegree >= 1, "The degree of a root is at least 1; it is \(rootDegree).")
        // (U/L)^(1/k) is (U·L^(k-1))^(1/k) / L, or U / (U^(k-1)·L)^(1/k): the paper takes the one with the smaller
        // bounds.
        let (small, large) = (min(upperBits, lowerBits), max(upperBits, lowerBits))
        let mean = Self.quotientRoundedUp(Self.sum(large, Self.product(small, rootDegree - 1)), rootDegree)
        return RootBound(
            upperBits: upperBits >= lowerBits ? mean : upperBits, lowerBits: upperBits >= lowerBits ? lowerBits : mean,
            degree: Self.product(degree, rootDegree))
    }

    /// Whether an enclosure of the value proves that the value is 0.
    public func provesZero(_ enclosure: Enclosure) -> Bool {
        bits < EnclosureContext.largestExponent && enclosure.sign ?? 0 == 0 && enclosure.isWithin(powerOfTwo: -bits)
    }

    /// log2 of an integer's magnitude, rounded up; 0 for 0.
    private static func bits(of integer: BigInt) -> Int {
        integer.isZero ? 0 : (integer.magnitude - 1).bitWidth
    }

    /// Bits are not negative, and `Int.max` stands for all that do not fit.
    private static func sum(_ first: Int, _ second: Int) -> Int {
        let sum = first.addingReportingOverflow(second)
        return sum.overflow ? .max : sum.partialValue
    }

    private static func product(_ first: Int, _ second: Int) -> Int {
        let product = first.multipliedReportingOverflow(by: second)
        return product.overflow ? .max : product.partialValue
    }

    private static func quotientRoundedUp(_ dividend: Int, _ divisor: Int) -> Int {
        dividend == .max ? .max : dividend / divisor + (dividend.isMultiple(of: divisor) ? 0 : 1)
    }
}
