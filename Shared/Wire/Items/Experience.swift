public import Basics
import CEightfoldWire

/// One training example for the learner.
public struct Experience: WireValue {
    /// Weighted tokens, a preferred and a rejected continuation, or tokens with advantages.
    public var kind: ExperienceKind
    /// The question, where tokens are not known yet; the learner makes the prompt of it.
    public var question: String
    /// The solution as text, likewise.
    public var solution: String
    /// The prompt and the shared prefix.
    public var contextTokens: [UInt32]
    /// The preferred continuation, or the weighted tokens.
    public var chosenTokens: [UInt32]
    /// The rejected continuation.
    public var rejectedTokens: [UInt32]
    /// The weight of the tokens.
    public var weight: Float
    /// The policy version they were sampled from.
    public var policyVersion: UInt64
    /// The policy's blob.
    public var policySHA256: ContentHash?
    /// As sampled.
    public var chosenLogProbabilities: [Float]
    /// As sampled.
    public var rejectedLogProbabilities: [Float]
    /// The pair's layout.
    public var layout: String
    /// Of each of the chosen tokens.
    public var advantages: [Float]

    /// Makes one; what is left out is empty.
    public init(
        kind: ExperienceKind = .weightedTokens, question: String = "", solution: String = "",
        contextTokens: [UInt32] = [], chosenTokens: [UInt32] = [], rejectedTokens: [UInt32] = [], weight: Float = 0,
        policyVersion: UInt64 = 0, policySHA256: ContentHash? = nil, chosenLogProbabilities: [Float] = [],
        rejectedLogProbabilities: [Float] = [], layout: String = "", advantages: [Float] = []
    ) {
        self.kind = kind
        self.question = question
        self.solution = solution
        self.contextTokens = contextTokens
        self.chosenTokens = chosenTokens
        self.rejectedTokens = rejectedTokens
        self.weight = weight
        self.policyVersion = policyVersion
        self.policySHA256 = policySHA256
        self.chosenLogProbabilities = chosenLogProbabilities
        self.rejectedLogProbabilities = rejectedLogProbabilities
        self.layout = layout
        self.advantages = advantages
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Experience>(
        "Experience", initialize: eightfold__v1__experience__init, empty: { Experience() },
        fields: [
            .enumeration(\.kind, \.kind),
            .text(\.question, \.question),
            .text(\.solution, \.solution),
            .numbers(\.contextTokens, \.n_context_tokens, \.context_tokens),
            .numbers(\.chosenTokens, \.n_chosen_tokens, \.chosen_tokens),
            .numbers(\.rejectedTokens, \.n_rejected_tokens, \.rejected_tokens),
            .number(\.weight, \.weight),
            .number(\.policyVersion, \.policy_version),
            .hash(\.policySHA256, \.policy_sha256),
            .numbers(\.chosenLogProbabilities, \.n_chosen_log_probabilities, \.chosen_log_probabilities),
            .numbers(\.rejectedLogProbabilities, \.n_rejected_log_probabilities, \.rejected_log_probabilities),
            .text(\.layout, \.layout),
            .numbers(\.advantages, \.n_advantages, \.advantages),
        ])
}
