public import Problems

/// One text that a model is asked to write.
public struct ModelRequest: Hashable, Sendable {
    /// What the text is for.
    public enum Purpose: Hashable, Sendable {
        /// A new question, made by a strategy.
        case question(EvolutionStrategy)
        /// A solution of this question. Whoever asks a policy that was taught another prompt may put the question in that.
        case solution(of: String)
    }

    /// What the text is for.
    public let purpose: Purpose
    /// The whole of what the model is told, instruction and example; no chat template is around it.
    public let prompt: String
    /// The seed of the random numbers that the reply is sampled with; another one for each request.
    public let seed: UInt64
    /// The sampling temperature, above 0.
    public let temperature: Double
    /// How many tokens the reply may have.
    public let maximumTokens: Int
}
