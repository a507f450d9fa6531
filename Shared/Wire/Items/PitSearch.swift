import CEightfoldWire

/// One incorrect rollout under search for its first pit.
public struct PitSearch: WireValue {
    /// The rollout.
    public var rollout: String
    /// Graded continuations after step 1, 2, ….
    public var trials: [UInt32]
    /// How many of them are correct.
    public var successes: [UInt32]
    /// Continuations of the turn under way.
    public var outstanding: Int
    /// A correct continuation from the last prefix that passed.
    public var passedWith: String
    /// Turns that only brought errors.
    public var retries: Int

    /// Makes one; what is left out is empty.
    public init(
        rollout: String = "", trials: [UInt32] = [], successes: [UInt32] = [], outstanding: Int = 0,
        passedWith: String = "", retries: Int = 0
    ) {
        self.rollout = rollout
        self.trials = trials
        self.successes = successes
        self.outstanding = outstanding
        self.passedWith = passedWith
        self.retries = retries
    }

    public static let coding = MessageCoding<PitSearch>(
        "PitSearch", initialize: eightfold__v1__pit_search__init, empty: { PitSearch() },
        fields: [
            .text(\.rollout, \.rollout),
            .numbers(\.trials, \.n_trials, \.trials),
            .numbers(\.successes, \.n_successes, \.successes),
            .count(\.outstanding, \.outstanding),
            .text(\.passedWith, \.passed_with),
            .count(\.retries, \.retries),
        ])
}
