public import Basics
import CEightfoldWire

/// Rollouts or continuations to sample of one problem.
public struct Request: WireValue {
    /// How many, and how they are decoded.
    public var sampling: SamplingPlan
    /// The policy version.
    public var policyVersion: UInt64
    /// Whether the hub fixes the version at the first lease.
    public var latestPolicy: Bool
    /// Continuations: the prefix, after the prompt.
    public var prefixTokens: [UInt32]
    /// The prefix as text.
    public var prefixText: String
    /// The rollout it was cut from.
    public var prefixRollout: String
    /// Its steps.
    public var prefixSteps: Int
    /// The policy's blob; filled in by the hub at lease.
    public var policySHA256: ContentHash?

    /// Makes one; what is left out is empty.
    public init(
        sampling: SamplingPlan = SamplingPlan(), policyVersion: UInt64 = 0, latestPolicy: Bool = false,
        prefixTokens: [UInt32] = [], prefixText: String = "", prefixRollout: String = "", prefixSteps: Int = 0,
        policySHA256: ContentHash? = nil
    ) {
        self.sampling = sampling
        self.policyVersion = policyVersion
        self.latestPolicy = latestPolicy
        self.prefixTokens = prefixTokens
        self.prefixText = prefixText
        self.prefixRollout = prefixRollout
        self.prefixSteps = prefixSteps
        self.policySHA256 = policySHA256
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Request>(
        "Request", initialize: eightfold__v1__request__init, empty: { Request() },
        fields: [
            .message(\.sampling, \.sampling),
            .number(\.policyVersion, \.policy_version),
            .flag(\.latestPolicy, \.latest_policy),
            .numbers(\.prefixTokens, \.n_prefix_tokens, \.prefix_tokens),
            .text(\.prefixText, \.prefix_text),
            .text(\.prefixRollout, \.prefix_rollout),
            .count(\.prefixSteps, \.prefix_steps),
            .hash(\.policySHA256, \.policy_sha256),
        ])
}
