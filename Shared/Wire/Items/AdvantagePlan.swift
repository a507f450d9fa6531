import CEightfoldWire

/// How each token of a problem's rollouts gets an advantage.
public struct AdvantagePlan: WireValue {
    /// Of whole rollouts `reward`, `centred`, `standardised` or `leave-one-out`; of steps `advantage` or `process`; `sampled-pairs` for pairs of steps in place of
    /// advantages.
    public var rule: String
    /// Rollouts whose steps are valued.
    public var surveyed: Int
    /// Of `process`: the weight of the prover's advantage.
    public var alpha: Float
    /// How many last tokens up to the longest solution are fined.
    public var overlongTokens: Int
    /// Whether rollouts that were cut off give no experience.
    public var dropsTruncated: Bool
    /// Continuations of a problem, all together.
    public var continuationLimit: Int

    /// Makes one; what is left out is empty.
    public init(
        rule: String = "", surveyed: Int = 0, alpha: Float = 0, overlongTokens: Int = 0, dropsTruncated: Bool = false,
        continuationLimit: Int = 0
    ) {
        self.rule = rule
        self.surveyed = surveyed
        self.alpha = alpha
        self.overlongTokens = overlongTokens
        self.dropsTruncated = dropsTruncated
        self.continuationLimit = continuationLimit
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<AdvantagePlan>(
        "AdvantagePlan", initialize: eightfold__v1__advantage_plan__init, empty: { AdvantagePlan() },
        fields: [
            .text(\.rule, \.rule),
            .count(\.surveyed, \.surveyed),
            .number(\.alpha, \.alpha),
            .count(\.overlongTokens, \.overlong_tokens),
            .flag(\.dropsTruncated, \.drops_truncated),
            .count(\.continuationLimit, \.continuation_limit),
        ])
}
