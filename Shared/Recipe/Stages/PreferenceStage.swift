/// A stage that makes pairs of the policy's own rollouts and trains on them, round after round.
public struct PreferenceStage: RolloutStage {
    /// How problems are sampled, and how the weights are updated.
    public var rollouts = RolloutSettings(name: "preference")

    /// Incorrect rollouts of a problem whose first pit is searched.
    public var negativesPerProblem = 2

    /// Continuations of one prefix, K.
    public var continuationsPerPrefix = 5

    /// Continuations requested at a time; the search of a prefix stops at the first success.
    public var wave = 5

    /// What pairs are made of.
    public var pairs = PairSource.firstPit

    /// What is set against the pit step.
    public var layout = PairLayout.nextStep

    /// How first pits are found.
    public var values = ValueSource.monteCarlo

    /// What pairs are learned by.
    public var loss = PairLoss.dpo

    /// Of unlearning: the weight of forgetting the rejected continuations.
    public var forgettingWeight = 0.01

    /// Of unlearning: the weight of the negative log-likelihood of the chosen ones.
    public var replayWeight = 1.0

    /// Of unlearning: the weight of their divergence from the reference policy.
    public var retentionWeight = 1.0

    /// Strength β of the pull to the reference policy.
    public var beta = 0.5

    /// Weight of the chosen continuation's own negative log-likelihood.
    public var chosenLikelihoodWeight = 0.0

    /// Weight of the penalty for a chosen continuation that has become less likely.
    public var chosenPenalty = 0.0

    /// Correct rollouts of each problem that are learned besides the pairs.
    public var positivesPerProblem = 0

    /// Weight of the negative log-likelihood of those.
    public var positivesWeight = 1.0

    /// The defaults.
    public init() {}
}
