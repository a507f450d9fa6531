public import LanguageModel
public import Tokenization

/// One rollout of a prompt, for people and for programs.
public struct SampledText: Sendable, Equatable {
    /// Its place among the rollouts of the prompt, from 0.
    public let index: Int
    /// Its text, without special tokens.
    public let text: String
    /// For programs: text, tokens, their log-probabilities, and why it ended.
    public let json: JSONValue

    /// Describes a rollout.
    public init(_ rollout: DecodedRollout, _ tokenizer: Tokenizer) {
        index = rollout.index
        text = tokenizer.decode(rollout.tokens)
        json = .object([
            .init("index", .integer(rollout.index)), .init("text", .text(text)),
            .init("tokens", .list(rollout.tokens.map { .integer($0) })),
            .init("logprobs", .list(rollout.logProbabilities.map { .real($0) })),
            .init("finish", .text(rollout.finish == .endOfSequence ? "end" : "length")),
        ])
    }
}
