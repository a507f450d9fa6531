public import Mathematics

/// What several rollouts of one problem say about a policy.
public enum SampleMetrics {
    /// The mean reward of the rollouts that were graded; nil if none was. Errors are left out, not counted as 0.
    public static func meanReward(_ verdicts: [Verdict]) -> Double? {
        let rewards = verdicts.compactMap(\.reward)
        return rewards.isEmpty ? nil : rewards.reduce(0, +) / Double(rewards.count)
    }

    /// The chance that at least one of `k` rollouts is correct, estimated without bias from `sampleCount` rollouts:
    /// 1 - C(n-c, k) / C(n, k), the share of all choices of k from n that hold a correct one.
    ///
    /// - Parameters:
    ///   - sampleCount: graded rollouts n, at least `k`.
    ///   - correctCount: the correct ones among them, c.
    ///   - k: 1 or more.
    /// - Source: Chen et al. 2021 (arXiv 2107.03374), Eq. 1.
    public static func passAtK(sampleCount: Int, correctCount: Int, k: Int) -> Double {
        precondition(
            k >= 1 && k <= sampleCount && (0...sampleCount).contains(correctCount),
            "pass@\(k) of \(correctCount) correct among \(sampleCount)")
        // As a product of ratios, because the binomials themselves overflow; it meets 0 if fewer than k are wrong.
        return 1
            - (0..<k).reduce(1) { product, index in
                product * Double(max(0, sampleCount - correctCount - index)) / Double(sampleCount - index)
            }
    }

    /// The credit of a majority vote over all the given rollouts: 1 if the most frequent answer is the reference
    /// answer, 1/t if it is one of t answers that are as frequent, else 0.
    ///
    /// 1/t is the chance of a vote with ties broken by lot, so the order of the rollouts does not matter.
    ///
    /// - Parameters:
    ///   - answers: the final answers, equal where they are one; nil for a rollout without one, which does not vote. Leave
    ///     errors out.
    ///   - reference: the reference answer.
    public static func majority<Answer: Hashable>(answers: [Answer?], reference: Answer) -> Double {
        var votes: [Answer: Int] = [:]
        for answer in answers.compactMap({ $0 }) { votes[answer, default: 0] += 1 }
        guard let most = votes.values.max(), votes[reference] == most else { return 0 }
        return 1 / Double(votes.values.count { $0 == most })
    }
}
