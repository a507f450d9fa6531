/// How often continuations of a solution's prefixes came out correct: the primary record, from which step values,
/// advantages and the first pit all follow.
///
/// Element i is about the prefix of i + 1 steps. Prefixes that were not looked into are missing at the end.
///
/// - Source: papers.md section 7.1.
public struct PrefixStatistics: Hashable, Sendable {
    /// Continuations that were graded, for each prefix; 0 or more.
    public private(set) var trials: [Int]
    /// Those of them that were correct; at most as many.
    public private(set) var successes: [Int]

    /// Nothing known yet.
    public init() {
        trials = []
        successes = []
    }

    /// Takes up counts that were stored or sent.
    ///
    /// - Throws: `CreditError` with `contradictoryCounts` unless there are as many of both, and 0 or more successes for
    ///   each prefix but no more than trials.
    public init(trials: [Int], successes: [Int]) throws(CreditError) {
        guard trials.count == successes.count, zip(trials, successes).allSatisfy({ $1 >= 0 && $1 <= $0 }) else {
            throw CreditError(
                .contradictoryCounts,
                "Each prefix needs a number of trials and of successes, 0 or more and no more than trials; "
                    + "got trials \(trials) and successes \(successes).")
        }
        self.trials = trials
        self.successes = successes
    }

    /// Adds graded continuations of a prefix that was looked into before, or of the next longer one.
    mutating func add(trials newTrials: Int, successes newSuccesses: Int, prefixStepCount: Int) {
        precondition(
            (1...(trials.count + 1)).contains(prefixStepCount),
            "prefix \(prefixStepCount) after \(trials.count) prefixes would leave a gap")
        if prefixStepCount > trials.count {
            trials.append(0)
            successes.append(0)
        }
        trials[prefixStepCount - 1] += newTrials
        successes[prefixStepCount - 1] += newSuccesses
    }
}
