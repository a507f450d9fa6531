import CEightfoldWire

/// At most 64 problems of a source.
public struct Order: WireValue {
    /// The source.
    public var source: ProblemSource
    /// The first problem's index.
    public var firstIndex: UInt64
    /// How many problems.
    public var count: Int
    /// How their rollouts are decoded.
    public var sampling: SamplingPlan
    /// How credit is assigned; nil for evaluation.
    public var credit: CreditPlan?
    /// The policy version to sample from.
    public var policyVersion: UInt64
    /// Whether the newest version at the first lease is meant instead.
    public var latestPolicy: Bool
    /// How answers are found in the rollouts.
    public var answers: AnswerRule
    /// How the policy did so far, by level, where there is a curriculum.
    public var passRates: [PassRate]
    /// Whether problems of levels that are always or never solved are drawn less often.
    public var curriculum: Bool

    /// Makes one; what is left out is empty.
    public init(
        source: ProblemSource = ProblemSource(), firstIndex: UInt64 = 0, count: Int = 0,
        sampling: SamplingPlan = SamplingPlan(), credit: CreditPlan? = nil, policyVersion: UInt64 = 0,
        latestPolicy: Bool = false, answers: AnswerRule = .strict, passRates: [PassRate] = [], curriculum: Bool = false
    ) {
        self.source = source
        self.firstIndex = firstIndex
        self.count = count
        self.sampling = sampling
        self.credit = credit
        self.policyVersion = policyVersion
        self.latestPolicy = latestPolicy
        self.answers = answers
        self.passRates = passRates
        self.curriculum = curriculum
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Order>(
        "Order", initialize: eightfold__v1__order__init, empty: { Order() },
        fields: [
            .message(\.source, \.source),
            .number(\.firstIndex, \.first_index),
            .count(\.count, \.count),
            .message(\.sampling, \.sampling),
            .message(\.credit, \.credit),
            .number(\.policyVersion, \.policy_version),
            .flag(\.latestPolicy, \.latest_policy),
            .enumeration(\.answers, \.answers),
            .messages(\.passRates, \.n_pass_rates, \.pass_rates),
            .flag(\.curriculum, \.curriculum),
        ])
}
