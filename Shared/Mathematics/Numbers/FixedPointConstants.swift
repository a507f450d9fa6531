import BigInt

/// π/2, ln 2 and e as integers in units of 2^-scale.
struct FixedPointConstants: Sendable {
    let scale: Int
    let e: BigUInt
    private let halfPi: BigUInt
    private let logarithmOf2: BigUInt

    /// No constant is farther from the exact one, at any scale that it is asked in, in units.
    let error: BigUInt = 2

    /// Computes the constants; at 800 bits this takes about as long as ten functions.
    init(scale: Int) {
        self.scale = scale
        // The series' errors, some thousand units, stay in the guard.
        let guardBits = 32
        let inner = scale + guardBits
        // Machin's formula, and one of its kind for the logarithm (Gourdon and Sebah, The logarithmic constant).
        let quarterPi =
            4 * FixedPoint.arctangent(reciprocalOf: 5, isHyperbolic: false, scale: inner)
            - FixedPoint.arctangent(reciprocalOf: 239, isHyperbolic: false, scale: inner)
        halfPi = quarterPi >> (guardBits - 1)
        let logarithm =
            18 * FixedPoint.arctangent(reciprocalOf: 26, isHyperbolic: true, scale: inner)
            + 8 * FixedPoint.arctangent(reciprocalOf: 8749, isHyperbolic: true, scale: inner)
            - 2 * FixedPoint.arctangent(reciprocalOf: 4801, isHyperbolic: true, scale: inner)
        logarithmOf2 = logarithm >> guardBits
        let root = FixedPoint.exponential(BigUInt(1) << (inner - 1), scale: inner).value
        e = (root * root) >> (inner + guardBits)
    }

    /// π/2 in units of 2^-scale.
    func halfPi(at scale: Int) -> BigUInt { halfPi >> (self.scale - scale) }

    /// The natural logarithm of 2 in units of 2^-scale.
    func logarithmOf2(at scale: Int) -> BigUInt { logarithmOf2 >> (self.scale - scale) }
}
