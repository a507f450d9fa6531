/// What a step of a rollout is worth to a policy gradient.
public enum EffectiveReward: Sendable, Equatable {
    /// The advantage under the policy itself (VinePPO).
    case advantage
    /// The value under the policy, and alpha times the advantage under a prover (PAV).
    case process(alpha: Double)

    /// The rewards of a rollout's steps; nil where a value is missing.
    ///
    /// - Parameters:
    ///   - policy: the steps' values under the policy that sampled them.
    ///   - prover: under the prover, such as the best of K; not used for `advantage`.
    /// - Source: papers.md section 6.1 (VinePPO; PAV Eq. 5).
    public func rewards(policy: StepValues, prover: StepValues) -> [Double?] {
        switch self {
        case .advantage: policy.advantages
        case .process(let alpha):
            zip(policy.values, prover.advantages).map { value, advantage in
                if let value, let advantage { value + alpha * advantage } else { nil }
            }
        }
    }
}

/// How many steps of correct solutions make no progress.
public struct SpuriousSteps: Sendable, Equatable {
    /// Steps of correct rollouts whose advantage is known.
    public private(set) var stepCount = 0
    /// Those of them whose advantage is at most the bound.
    public private(set) var spuriousCount = 0
    /// The bound on the advantage; in -1...1.
    public let bound: Double

    /// Counts nothing yet.
    ///
    /// - Parameter bound: 0 counts the steps after which the policy is no likelier to solve the problem. The paper shows low advantages in plots and
    ///   states no bound; this one is ours.
    public init(bound: Double = 0) { self.bound = bound }

    /// Adds the steps of a correct rollout.
    public mutating func add(_ advantages: [Double?]) {
        let known = advantages.compactMap { $0 }
        stepCount += known.count
        spuriousCount += known.count { $0 <= bound }
    }

    /// The share of spurious steps; nil without steps.
    ///
    /// - Source: papers.md section 1.6 for what it stands for.
    public var rate: Double? { stepCount > 0 ? Double(spuriousCount) / Double(stepCount) : nil }
}
