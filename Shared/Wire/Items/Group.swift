import CEightfoldWire

/// What the advantage service must know when a group of rollouts is whole.
public struct Group: WireValue {
    /// How credit is assigned.
    public var credit: CreditPlan
    /// The policy version of its rollouts.
    public var policyVersion: UInt64
    /// Whether that version was left to the hub.
    public var latestPolicy: Bool
    /// 0 for the problem's own rollouts; then one more for each turn of continuations.
    public var turn: Int
    /// The searches under way and ended.
    public var searches: [PitSearch]
    /// Of the problem's own rollouts.
    public var correct: Int
    /// Of the problem's own rollouts.
    public var incorrect: Int
    /// Of the problem's own rollouts.
    public var noAnswer: Int
    /// Of the problem's own rollouts.
    public var errors: Int
    /// The problem's own rollouts that are correct, without repeated texts.
    public var correctRollouts: [String]
    /// Continuations sampled so far.
    public var continuations: Int
    /// The kinds of the errors, each once.
    public var errorKinds: [ErrorCount]

    /// Makes one; what is left out is empty.
    public init(
        credit: CreditPlan = CreditPlan(), policyVersion: UInt64 = 0, latestPolicy: Bool = false, turn: Int = 0,
        searches: [PitSearch] = [], correct: Int = 0, incorrect: Int = 0, noAnswer: Int = 0, errors: Int = 0,
        correctRollouts: [String] = [], continuations: Int = 0, errorKinds: [ErrorCount] = []
    ) {
        self.credit = credit
        self.policyVersion = policyVersion
        self.latestPolicy = latestPolicy
        self.turn = turn
        self.searches = searches
        self.correct = correct
        self.incorrect = incorrect
        self.noAnswer = noAnswer
        self.errors = errors
        self.correctRollouts = correctRollouts
        self.continuations = continuations
        self.errorKinds = errorKinds
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Group>(
        "Group", initialize: eightfold__v1__group__init, empty: { Group() },
        fields: [
            .message(\.credit, \.credit),
            .number(\.policyVersion, \.policy_version),
            .flag(\.latestPolicy, \.latest_policy),
            .count(\.turn, \.turn),
            .messages(\.searches, \.n_searches, \.searches),
            .count(\.correct, \.correct),
            .count(\.incorrect, \.incorrect),
            .count(\.noAnswer, \.no_answer),
            .count(\.errors, \.errors),
            .texts(\.correctRollouts, \.n_correct_rollouts, \.correct_rollouts),
            .count(\.continuations, \.continuations),
            .messages(\.errorKinds, \.n_error_kinds, \.error_kinds),
        ])
}
