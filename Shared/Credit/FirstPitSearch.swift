/// The search for the first pit of one incorrect rollout: the first step from which none of K continuations is correct.
///
/// Prefixes are looked into one after the other, from the first step on. Continuations are asked for in waves, and a
/// prefix is passed at its first success. The prefix of all steps is the rollout itself, which is incorrect, so if all
/// shorter ones are passed the last step is the pit, without sampling.
///
/// A continuation that could not be graded is neither a success nor a failure. It is asked for again, once; if it fails
/// again before a success, the search is abandoned.
///
/// A value without clocks or queues: whoever holds it asks for `nextRequest` and feeds the grades to `record`. The
/// stored properties are what `init(stepCount:continuationCount:waveSize:statistics:retryCount:isAbandoned:)` takes up.
///
/// - Source: papers.md sections 1.3 (Self-Explore) and 1.4; the waves and the rule for errors are ours.
public struct FirstPitSearch: Hashable, Sendable {
    /// Continuations of one prefix to ask for.
    public struct Request: Hashable, Sendable {
        /// Steps of the rollout to continue from; 1 or more, fewer than all.
        public let prefixStepCount: Int
        /// Continuations to sample; 1 or more.
        public let count: Int
    }

    /// How a search ends.
    public enum Outcome: Hashable, Sendable {
        /// The step, counted from 1, is the first pit.
        case pit(step: Int)
        /// There is no result, for a reason that says nothing about the rollout.
        case abandoned(reason: String)
    }

    /// Steps of the rollout, S; 1 or more.
    public let stepCount: Int
    /// Continuations that must all fail for a pit, K; 1 or more.
    public let continuationCount: Int
    /// The most continuations asked for at once, W; 1...K.
    public let waveSize: Int
    /// What is known of the prefixes that were looked into; all but the last have a success.
    public private(set) var statistics: PrefixStatistics
    /// Continuations in the last wave that could not be graded and are yet to be made up for.
    public private(set) var retryCount: Int
    /// Whether continuations failed a second time.
    public private(set) var isAbandoned: Bool

    /// Starts a search.
    ///
    /// - Throws: `CreditError` with `settingOutOfRange`.
    public init(stepCount: Int, continuationCount: Int, waveSize: Int) throws(CreditError) {
        try self.init(
            stepCount: stepCount, continuationCount: continuationCount, waveSize: waveSize,
            statistics: PrefixStatistics(), retryCount: 0, isAbandoned: false)
    }

    /// Goes on with a search that was stored or sent.
    ///
    /// - Throws: `CreditError` if a setting is out of range, or the counts contradict each other.
    public init(
        stepCount: Int, continuationCount: Int, waveSize: Int, statistics: PrefixStatistics, retryCount: Int,
        isAbandoned: Bool
    ) throws(CreditError) {
        guard stepCount >= 1 else {
            throw CreditError(
                .settingOutOfRange,
                "A rollout must have at least one step to search; got \(stepCount). Leave out empty rollouts.")
        }
        guard continuationCount >= 1, (1...continuationCount).contains(waveSize) else {
            throw CreditError(
                .settingOutOfRange,
                "There must be at least one continuation a prefix, and a wave must be 1 to that many; "
                    + "got \(continuationCount) continuations and waves of \(waveSize).")
        }
        self.stepCount = stepCount
        self.continuationCount = continuationCount
        self.waveSize = waveSize
        self.statistics = statistics
        self.retryCount = retryCount
        self.isAbandoned = isAbandoned
        guard isConsistent else {
            throw CreditError(
                .contradictoryCounts,
                "The counts of a search must agree with each other; got trials \(statistics.trials), successes "
                    + "\(statistics.successes), \(retryCount) to ask again\(isAbandoned ? ", abandoned," : "") "
                    + "with \(stepCount) steps, \(continuationCount) continuations and waves of \(waveSize).")
        }
    }

    /// The end of the search; nil while it goes on.
    public var outcome: Outcome? {
        if isAbandoned {
            return .abandoned(
                reason: "\(retryCount) continuations of the first \(prefix) steps could not be graded, twice.")
        }
        if prefix == stepCount { return .pit(step: stepCount) }
        return trialsHere == continuationCount ? .pit(step: prefix) : nil
    }

    /// What to sample next; nil once there is an outcome. Asking changes nothing.
    public var nextRequest: Request? {
        guard outcome == nil else { return nil }
        return Request(
            prefixStepCount: prefix,
            count: retryCount > 0 ? retryCount : min(waveSize, continuationCount - trialsHere))
    }

    /// Takes the grades of the continuations that `nextRequest` asked for, all at once.
    ///
    /// - Parameters:
    ///   - correct: continuations graded correct.
    ///   - incorrect: continuations graded incorrect or without an answer.
    ///   - errors: continuations that were dropped or could not be graded.
    /// - Throws: `CreditError` with `contradictoryCounts` unless they are as many as were asked for; the search is then
    ///   unchanged.
    public mutating func record(correct: Int, incorrect: Int, errors: Int) throws(CreditError) {
        guard let request = nextRequest, min(correct, incorrect, errors) >= 0,
            max(correct, incorrect, errors) <= request.count, correct + incorrect + errors == request.count
        else {
            throw CreditError(
                .contradictoryCounts,
                "A search must be given one grade for each continuation that it asked for, "
                    + "\(nextRequest?.count ?? 0); got \(correct) correct, \(incorrect) incorrect, \(errors) errors.")
        }
        statistics.add(trials: correct + incorrect, successes: correct, prefixStepCount: request.prefixStepCount)
        let wasRetry = retryCount > 0
        retryCount = correct > 0 ? 0 : errors
        isAbandoned = wasRetry && retryCount > 0
    }

    /// The prefix, in steps, that is looked into now: all before it are passed.
    private var prefix: Int { statistics.successes.last == 0 ? statistics.trials.count : statistics.trials.count + 1 }

    /// Continuations of that prefix that were graded so far.
    private var trialsHere: Int { statistics.successes.last == 0 ? statistics.trials[prefix - 1] : 0 }

    private var isConsistent: Bool {
        let (trials, successes) = (statistics.trials, statistics.successes)
        guard trials.count < stepCount, trials.allSatisfy({ $0 <= continuationCount }) else { return false }
        guard successes.dropLast().allSatisfy({ $0 > 0 }), successes.allSatisfy({ $0 <= waveSize }) else {
            return false
        }
        guard successes.last == 0 else { return retryCount == 0 && !isAbandoned }
        // A prefix without a success was asked for at least once: something was graded, or is to be asked again.
        return (0...min(waveSize, continuationCount - trialsHere)).contains(retryCount)
            && (trialsHere > 0 || retryCount > 0) && (!isAbandoned || retryCount > 0)
    }
}
