public import Basics
import CEightfoldWire

/// One solution sampled from a policy.
public struct Rollout: WireValue {
    /// The sampled tokens, the end token included; of a continuation, without its prefix.
    public var tokens: [UInt32]
    /// Of each of `tokens`, under the policy at temperature 1.
    public var logProbabilities: [Float]
    /// The index in `tokens` after each step's last token.
    public var stepEnds: [UInt32]
    /// The whole solution, a continuation's prefix included.
    public var text: String
    /// Why it ended.
    public var finish: FinishReason
    /// The policy version.
    public var policyVersion: UInt64
    /// The policy's blob.
    public var policySHA256: ContentHash?
    /// The arithmetic and precision that computed it, such as `kernels-1/fused/bf16`.
    public var numerics: String
    /// The temperature it was decoded at.
    public var temperature: Float
    /// The prompt.
    public var promptTokens: [UInt32]
    /// What the panel's verifiers before this one said; the hub's.
    public var judgements: [Judgement]
    /// Whether it was taken from another run's ledger, which had sampled it.
    public var isTakenOver: Bool

    /// Makes one; what is left out is empty.
    public init(
        tokens: [UInt32] = [], logProbabilities: [Float] = [], stepEnds: [UInt32] = [], text: String = "",
        finish: FinishReason = .endOfSequence, policyVersion: UInt64 = 0, policySHA256: ContentHash? = nil,
        numerics: String = "", temperature: Float = 0, promptTokens: [UInt32] = [],
        judgements: [Judgement] = [], isTakenOver: Bool = false
    ) {
        self.tokens = tokens
        self.logProbabilities = logProbabilities
        self.stepEnds = stepEnds
        self.text = text
        self.finish = finish
        self.policyVersion = policyVersion
        self.policySHA256 = policySHA256
        self.numerics = numerics
        self.temperature = temperature
        self.promptTokens = promptTokens
        self.judgements = judgements
        self.isTakenOver = isTakenOver
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Rollout>(
        "Rollout", initialize: eightfold__v1__rollout__init, empty: { Rollout() },
        fields: [
            .numbers(\.tokens, \.n_tokens, \.tokens),
            .numbers(\.logProbabilities, \.n_log_probabilities, \.log_probabilities),
            .numbers(\.stepEnds, \.n_step_ends, \.step_ends),
            .text(\.text, \.text),
            .enumeration(\.finish, \.finish),
            .number(\.policyVersion, \.policy_version),
            .hash(\.policySHA256, \.policy_sha256),
            .text(\.numerics, \.numerics),
            .number(\.temperature, \.temperature),
            .numbers(\.promptTokens, \.n_prompt_tokens, \.prompt_tokens),
            .messages(\.judgements, \.n_judgements, \.judgements),
            .flag(\.isTakenOver, \.taken_over),
        ])
}
