import CEightfoldWire

/// One incorrect rollout under search for its first pit, or one rollout whose steps are valued.
public struct PitSearch: WireValue {
    /// The rollout.
    public var rollout: String
    /// Graded continuations after step 1, 2, ….
    public var trials: [UInt32]
    /// How many of them are correct.
    public var successes: [UInt32]
    /// Continuations of the turn under way; they come in the order of the searches.
    public var asked: Int
    /// The correct continuations from the last prefix that passed.
    public var passedWith: [String]
    /// Continuations that could not be graded and were asked for again.
    public var retries: Int
    /// Whether they failed again.
    public var abandoned: Bool
    /// The first pit, counted from 1, where values are exact; 0 where it is searched for.
    public var exactPit: Int
    /// Whether the rollout itself is correct, where the values of its steps are surveyed.
    public var isCorrect: Bool

    /// Makes one; what is left out is empty.
    public init(
        rollout: String = "", trials: [UInt32] = [], successes: [UInt32] = [], asked: Int = 0,
        passedWith: [String] = [], retries: Int = 0, abandoned: Bool = false, exactPit: Int = 0,
        isCorrect: Bool = false
    ) {
        self.rollout = rollout
        self.trials = trials
        self.successes = successes
        self.asked = asked
        self.passedWith = passedWith
        self.retries = retries
        self.abandoned = abandoned
        self.exactPit = exactPit
        self.isCorrect = isCorrect
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<PitSearch>(
        "PitSearch", initialize: eightfold__v1__pit_search__init, empty: { PitSearch() },
        fields: [
            .text(\.rollout, \.rollout),
            .numbers(\.trials, \.n_trials, \.trials),
            .numbers(\.successes, \.n_successes, \.successes),
            .count(\.asked, \.asked),
            .texts(\.passedWith, \.n_passed_with, \.passed_with),
            .count(\.retries, \.retries),
            .flag(\.abandoned, \.abandoned),
            .count(\.exactPit, \.exact_pit),
            .flag(\.isCorrect, \.correct),
        ])
}
