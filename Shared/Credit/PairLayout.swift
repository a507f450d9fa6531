/// How a first pit becomes a preference pair.
public enum PairLayout: String, Sendable, CaseIterable {
    /// After the steps before the pit: the first step of a correct continuation from there against the pit step.
    ///
    /// The context is shared, so only the step that differs carries gradient; the form of the theorem.
    /// - Source: papers.md section 1.3 (Self-Explore), section 6.1 (Step-DPO).
    case nextStep = "next-step"
    /// After the steps before the pit: a whole correct completion from there against the pit step.
    ///
    /// - Source: papers.md section 1.3 (Self-Explore, as its code has it).
    case completion
    /// After the question: a whole correct solution against the wrong prefix up to and including the pit.
    ///
    /// - Source: papers.md section 1.3 (Algorithm 1 of arXiv 2406.14532).
    case paper1 = "paper-1"

    /// Makes the pair; nil if there is none.
    ///
    /// Of several correct ones the shortest is taken, because it detours least (Self-Explore's rule), and of equally
    /// short ones the first by its token ids, so that the pair does not depend on the order of arrival.
    ///
    /// There is no pair without a correct one, and none if any correct one begins with the rejected tokens: the pit is
    /// then one that can be recovered from, and so is refuted.
    ///
    /// - Parameters:
    ///   - rollout: the incorrect rollout.
    ///   - pit: its first pit, counted from 1.
    ///   - correct: the correct continuations of the `pit - 1` steps before the pit; for `paper1`, and for a pit at step 1, the correct
    ///     rollouts of the problem. Empty ones are passed over.
    public func pair(rollout: StepTokens, pit: Int, correct: [StepTokens]) -> PreferencePair? {
        let rejected =
            switch self {
            case .nextStep, .completion: rollout.step(pit)
            case .paper1: rollout.prefix(steps: pit)
            }
        let shortest = correct.lazy.filter { $0.stepCount > 0 }.min { left, right in
            left.tokens.count != right.tokens.count
                ? left.tokens.count < right.tokens.count : left.tokens.lexicographicallyPrecedes(right.tokens)
        }
        guard let shortest, !correct.contains(where: { $0.tokens.starts(with: rejected) }) else { return nil }
        return switch self {
        case .nextStep:
            PreferencePair(
                context: Array(rollout.prefix(steps: pit - 1)), chosen: Array(shortest.step(1)),
                rejected: Array(rejected))
        case .completion:
            PreferencePair(
                context: Array(rollout.prefix(steps: pit - 1)), chosen: shortest.tokens, rejected: Array(rejected))
        case .paper1: PreferencePair(context: [], chosen: shortest.tokens, rejected: Array(rejected))
        }
    }
}
