public import Tokenization

/// A prompt and how to continue it, once a seed.
public struct RolloutRequest: Hashable, Sendable {
    /// The prompt's tokens; at least one.
    public let prompt: [Token]
    /// One seed a rollout; the rollouts share the prompt's computation.
    public let seeds: [UInt64]
    /// How tokens are drawn.
    public let settings: DecodingSettings

    /// Asks for `seeds.count` rollouts of one prompt.
    public init(prompt: [Token], seeds: [UInt64], settings: DecodingSettings) {
        self.prompt = prompt
        self.seeds = seeds
        self.settings = settings
    }
}

/// A rollout's tokens as they were drawn.
public struct DecodedRollout: Hashable, Sendable {
    /// Why no token follows.
    public enum Finish: String, Hashable, Sendable {
        /// The last token is the end-of-sequence token.
        case endOfSequence
        /// The request's limit or the model's context is reached.
        case length
    }

    /// What `submit` returned.
    public let request: Int
    /// The rollout's place among its request's seeds.
    public let index: Int
    /// The tokens after the prompt, the end-of-sequence token included.
    public let tokens: [Token]
    /// Each token's natural log-probability under the model at temperature 1, whatever the settings: to the bit what
    /// `Scorer` and `Trainer` compute for it.
    public let logProbabilities: [Float]
    /// Why it ended.
    public let finish: Finish
}
