/// How the next token is drawn from the model's distribution.
///
/// The order is: temperature, then `topK`, then `topP` over what is left.
public struct DecodingSettings: Hashable, Sendable {
    /// What logits are divided by; 0 takes the likeliest token (the lowest id among equals).
    public let temperature: Float
    /// Only that many likeliest tokens are drawn from; nil for all.
    public let topK: Int?
    /// Only the fewest likeliest tokens whose probabilities reach this sum are drawn from; 1 for all.
    public let topP: Float
    /// The most tokens of a rollout, the end-of-sequence token included.
    public let maximumNewTokens: Int
    /// Whether a rollout goes on after the end-of-sequence token, so that all have one length: for measuring speed.
    public let ignoresEndOfSequence: Bool

    /// Checks the settings' ranges.
    ///
    /// - Throws: `invalidRequest` when temperature is negative or not finite, topK below 1, topP outside (0, 1], or
    ///   maximumNewTokens below 1.
    public init(
        temperature: Float = 1, topK: Int? = nil, topP: Float = 1, maximumNewTokens: Int,
        ignoresEndOfSequence: Bool = false
    ) throws(LanguageModelError) {
        guard temperature.isFinite, temperature >= 0 else {
            throw LanguageModelError(.invalidRequest, "A temperature must be 0 or more; it is \(temperature).")
        }
        guard topK.map({ $0 >= 1 }) ?? true else {
            throw LanguageModelError(.invalidRequest, "A topK must be 1 or more, or absent; it is \(topK ?? 0).")
        }
        guard topP > 0, topP <= 1 else {
            throw LanguageModelError(.invalidRequest, "A topP must be above 0 and at most 1; it is \(topP).")
        }
        guard maximumNewTokens >= 1 else {
            throw LanguageModelError(
                .invalidRequest, "A rollout's maximumNewTokens must be 1 or more; it is \(maximumNewTokens).")
        }
        self.temperature = temperature
        self.topK = topK
        self.topP = topP
        self.maximumNewTokens = maximumNewTokens
        self.ignoresEndOfSequence = ignoresEndOfSequence
    }
}
