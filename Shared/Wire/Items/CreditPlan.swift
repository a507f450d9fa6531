import CEightfoldWire

/// How credit is assigned to the steps of a problem's rollouts.
public struct CreditPlan: WireValue {
    /// Incorrect rollouts searched, for each problem.
    public var negatives: Int
    /// K: continuations from each prefix.
    public var continuations: Int
    /// Continuations asked at a time.
    public var wave: Int
    /// `next-step`, `completion` or `paper-1`.
    public var layout: String
    /// Correct rollouts that become weighted tokens, for each problem.
    public var positives: Int
    /// Their weight.
    public var positiveWeight: Float
    /// How continuations are decoded.
    public var sampling: SamplingPlan
    /// Where the values of steps come from.
    public var values: ValueSource
    /// `random` or `farthest` for pairs of whole rollouts by their outcomes, without a search; else empty.
    public var pairs: String
    /// What is drawn follows from it and the problem's id.
    public var seed: UInt64
    /// Advantages instead of pairs; nil for pairs.
    public var advantage: AdvantagePlan?
    /// Which correct rollouts become weighted tokens: `equations`, `edit-distance`, or empty for different texts.
    public var distinct: String

    /// Makes one; what is left out is empty.
    public init(
        negatives: Int = 0, continuations: Int = 0, wave: Int = 0, layout: String = "", positives: Int = 0,
        positiveWeight: Float = 0, sampling: SamplingPlan = SamplingPlan(), values: ValueSource = .sampled,
        pairs: String = "", seed: UInt64 = 0, advantage: AdvantagePlan? = nil,
        distinct: String = ""
    ) {
        self.negatives = negatives
        self.continuations = continuations
        self.wave = wave
        self.layout = layout
        self.positives = positives
        self.positiveWeight = positiveWeight
        self.sampling = sampling
        self.values = values
        self.pairs = pairs
        self.seed = seed
        self.advantage = advantage
        self.distinct = distinct
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<CreditPlan>(
        "CreditPlan", initialize: eightfold__v1__credit_plan__init, empty: { CreditPlan() },
        fields: [
            .count(\.negatives, \.negatives),
            .count(\.continuations, \.continuations),
            .count(\.wave, \.wave),
            .text(\.layout, \.layout),
            .count(\.positives, \.positives),
            .number(\.positiveWeight, \.positive_weight),
            .message(\.sampling, \.sampling),
            .enumeration(\.values, \.values),
            .text(\.pairs, \.pairs),
            .number(\.seed, \.seed),
            .message(\.advantage, \.advantage),
            .text(\.distinct, \.distinct),
        ])
}
