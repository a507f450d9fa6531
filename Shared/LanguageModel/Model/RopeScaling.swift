#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// How a model stretches its rotary positions beyond the context that it was first trained for.
public enum RopeScaling: Hashable, Sendable {
    /// Not at all.
    case none
    /// All wavelengths are multiplied by the factor.
    ///
    /// - Source: Chen et al. 2023 (position interpolation).
    case linear(factor: Float)
    /// Long wavelengths are multiplied by the factor, short ones stay, and those between change smoothly.
    ///
    /// Wavelengths below `originalContextLength / highFrequencyFactor` are short, those above
    /// `originalContextLength / lowFrequencyFactor` long.
    /// - Source: `rope_type: llama3` in the configurations of Llama 3.1 and later.
    case llama3(
        factor: Float, lowFrequencyFactor: Float, highFrequencyFactor: Float, originalContextLength: Int)

    /// - Throws: `invalidShape` when a factor is below 1 or not finite, or the two bounds are not in order.
    func check() throws(LanguageModelError) {
        switch self {
        case .none: return
        case .linear(let factor):
            if factor.isFinite, factor >= 1 { return }
        case .llama3(let factor, let low, let high, let original):
            if factor.isFinite, factor >= 1, low > 0, high > low, high.isFinite, original > 0 { return }
        }
        throw LanguageModelError(
            .invalidShape,
            "A scaling of rotary positions must have a factor of at least 1, and 0 < low < high for its frequencies; "
                + "it is \(self).")
    }

    /// What a pair's frequency is divided by.
    ///
    /// - Parameter frequency: radians a position, before any scaling; above 0.
    func divisor(of frequency: Double) -> Double {
        switch self {
        case .none: return 1
        case .linear(let factor): return Double(factor)
        case .llama3(let factor, let low, let high, let original):
            let turns = Double(original) * frequency / (2 * .pi)
            if turns > Double(high) { return 1 }
            if turns < Double(low) { return Double(factor) }
            let smooth = (turns - Double(low)) / (Double(high) - Double(low))
            return 1 / ((1 - smooth) / Double(factor) + smooth)
        }
    }

    /// The divisors of all pairs of a head, the shortest wavelength first.
    func divisors(headWidth: Int, theta: Float) -> [Float] {
        (0..<(headWidth / 2)).map { pair in
            Float(divisor(of: pow(Double(theta), -2 * Double(pair) / Double(headWidth))))
        }
    }

    /// The rule that these divisors follow, which GGUF files state instead of the rule; nil if none of those known does.
    ///
    /// Llama 3.1 and later share all settings but the factor, which is the largest divisor.
    ///
    /// - Parameter stated: a rule that is tried first.
    init?(divisors: [Float], stated: RopeScaling? = nil, headWidth: Int, theta: Float) {
        let llama = RopeScaling.llama3(
            factor: divisors.max() ?? 1, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContextLength: 8192)
        let found = [stated, llama].compactMap(\.self).first { rule in
            guard (try? rule.check()) != nil else { return false }
            let expected = rule.divisors(headWidth: headWidth, theta: theta)
            // Converters compute in single precision.
            return expected.count == divisors.count
                && zip(expected, divisors).allSatisfy { abs($0 - $1) <= 1e-4 * $0 }
        }
        guard let found else { return nil }
        self = found
    }
}
