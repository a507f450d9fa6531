/// The values Q of the steps of one rollout, and their advantages, under a named rollout policy.
public struct StepValues: Hashable, Sendable {
    /// Q(0), the value of the question itself; in 0...1, nil if nothing of the group was graded.
    public let start: Double?
    /// Q(i) for the steps 1...S, in 0...1; nil where too few continuations were graded.
    public let values: [Double?]

    /// Estimates the values from counts.
    ///
    /// Under `pi`, Q is the share of successes. A search that stops at the first success stops on a good draw, so there
    /// the share is above the true value on average; the record of a search is meant for `bestOf`.
    ///
    /// Under `bestOf(K)`, Q of a step is 1 if any continuation was correct and 0 if K or more were graded and none was.
    /// Q(0) is the mean of that over all choices of K from the group; of a group smaller than K it is 1 - (1 - p)^K
    /// for the share p.
    ///
    /// - Parameters:
    ///   - groupTrials: graded rollouts of the group, errors left out.
    ///   - groupSuccesses: the correct ones among them.
    ///   - prefixes: counts for the prefixes that were looked into; those of the last step are not used.
    ///   - stepCount: steps of the rollout, S; 1 or more.
    ///   - isCorrect: the rollout's own verdict, which is the value of its last step.
    ///   - policy: the rollout policy.
    /// - Source: papers.md sections 1.3, 1.4 and 6.1 (VinePPO: the last step needs no sampling).
    public init(
        groupTrials: Int, groupSuccesses: Int, prefixes: PrefixStatistics, stepCount: Int, isCorrect: Bool,
        under policy: RolloutPolicy
    ) {
        precondition(stepCount >= 1, "a rollout of \(stepCount) steps has no values")
        precondition(
            groupSuccesses >= 0 && groupSuccesses <= groupTrials, "\(groupSuccesses) of \(groupTrials) are correct")
        start = Self.startValue(trials: groupTrials, successes: groupSuccesses, under: policy)
        let sampled = (0..<(stepCount - 1)).map { index in
            index < prefixes.trials.count
                ? Self.stepValue(trials: prefixes.trials[index], successes: prefixes.successes[index], under: policy)
                : nil
        }
        values = sampled + [isCorrect ? 1 : 0]
    }

    /// A(i) = Q(i) - Q(i-1) for the steps 1...S, in -1...1; nil where either value is.
    ///
    /// - Source: papers.md section 1.3, Eq. 3.
    public var advantages: [Double?] {
        zip([start] + values, values).map { before, after in
            if let before, let after { after - before } else { nil }
        }
    }

    private static func startValue(trials: Int, successes: Int, under policy: RolloutPolicy) -> Double? {
        guard trials > 0 else { return nil }
        let share = Double(successes) / Double(trials)
        return switch policy {
        case .pi: share
        case .bestOf(let count) where trials >= count:
            SampleMetrics.passAtK(sampleCount: trials, correctCount: successes, k: count)
        case .bestOf(let count): bestOfK(probability: share, count: count)
        }
    }

    private static func stepValue(trials: Int, successes: Int, under policy: RolloutPolicy) -> Double? {
        switch policy {
        case .pi: trials > 0 ? Double(successes) / Double(trials) : nil
        case .bestOf(let count): successes > 0 ? 1 : trials >= count ? 0 : nil
        }
    }
}
