/// The advantage of each rollout of a problem, from the rewards of all of them.
public enum GroupAdvantage: String, Sendable, CaseIterable {
    /// The reward itself: no baseline (REINFORCE; REINFORCE++ normalises over the batch instead).
    case reward
    /// The reward less the mean of the group (Dr. GRPO, CISPO, LitePPO).
    case centred
    /// That, divided by the group's standard deviation (GRPO, DAPO, GSPO).
    case standardised
    /// The reward less the mean of the others (RLOO).
    case leaveOneOut = "leave-one-out"

    /// What is added to a standard deviation.
    ///
    /// - Source: verl, papers.md section 6.3.
    private static let smallest = 1e-6

    /// The advantages of the rollouts of one problem.
    ///
    /// A group of one has the mean 0 and the deviation 1, so that its advantage is its reward. The deviation is that of a sample, divided by n - 1.
    ///
    /// - Parameter rewards: those of the rollouts that were graded; errors have none.
    /// - Source: papers.md section 6.3.
    public func advantages(rewards: [Double]) -> [Double] {
        let count = Double(rewards.count)
        guard self != .reward, rewards.count > 1 else { return rewards }
        let mean = rewards.reduce(0, +) / count
        let centred = rewards.map { $0 - mean }
        switch self {
        case .reward: return rewards
        case .centred: return centred
        case .leaveOneOut: return centred.map { $0 * count / (count - 1) }
        case .standardised:
            let deviation = (centred.reduce(0) { $0 + $1 * $1 } / (count - 1)).squareRoot()
            return centred.map { $0 / (deviation + Self.smallest) }
        }
    }

    /// Whether a group says nothing: all rewards are equal, so that every advantage against a baseline is 0. Such groups are skipped and counted
    /// (dynamic sampling).
    public static func saysNothing(rewards: [Double]) -> Bool { rewards.allSatisfy { $0 == rewards[0] } }
}

/// What a solution that is nearly too long is fined: 0 up to `free` tokens, then more with each token, and 1 from `longest` on.
///
/// - Source: DAPO's soft overlong punishment, papers.md section 6.3.
public func overlongPenalty(tokenCount: Int, free: Int, longest: Int) -> Double {
    precondition(free >= 0 && free < longest, "\(free) free tokens of \(longest)")
    return min(1, max(0, Double(tokenCount - free) / Double(longest - free)))
}
