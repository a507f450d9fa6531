/// Per-step preference (DPO): the mean over pairs of -log sigma(m), with the margin
/// m = beta ((log pi - log pi_ref)(chosen) - (log pi - log pi_ref)(rejected)).
///
/// What a pair's arms are is decided upstream: one step each after a shared prefix, or whole solutions. With
/// `chosenLikelihoodWeight` a, the loss of a pair also has a times the mean over its chosen tokens of -log pi(token),
/// which keeps the chosen arm likely while the margin grows.
///
/// - Source: papers.md section 1.3 for the loss, section 6.2 (Iterative RPO) for the likelihood term.
public struct StepPreference: Sendable {
    /// How strongly the policy is held to the reference policy; above 0.
    public let beta: Double
    /// The weight of the likelihood term; 0 or more.
    public let chosenLikelihoodWeight: Double

    /// Makes the objective.
    ///
    /// - Throws: `ObjectivesError` if a coefficient is out of its range.
    public init(beta: Double, chosenLikelihoodWeight: Double = 0) throws(ObjectivesError) {
        try ObjectivesError.check(positive: beta, named: "beta of per-step preference")
        guard chosenLikelihoodWeight >= 0, chosenLikelihoodWeight.isFinite else {
            throw ObjectivesError(
                .coefficientOutOfRange,
                "The chosen likelihood weight must be finite and 0 or more; got \(chosenLikelihoodWeight).")
        }
        self.beta = beta
        self.chosenLikelihoodWeight = chosenLikelihoodWeight
    }

    /// Evaluates one pack.
    ///
    /// - Parameters:
    ///   - pairs: the pairs of this pack.
    ///   - pairCount: pairs in the whole batch, at least as many as in this pack.
    @_specialize(where Scalar == Float)  // The learner's scalar: 20 ns a token instead of 640.
    public func evaluate<Scalar: BinaryFloatingPoint & Sendable>(
        _ pairs: [PairLogProbabilities<Scalar>], pairCount: Int
    ) -> Evaluation<[PairWeights<Scalar>], StepPreferenceMetrics> {
        precondition(pairCount >= pairs.count, "a pack of \(pairs.count) pairs in a batch of \(pairCount)")
        let share = 1 / Double(pairCount)
        var loss = 0.0
        var metrics = StepPreferenceMetrics()
        let weights = pairs.map { pair in
            let margin = beta * (pair.chosen.logRatio - pair.rejected.logRatio)
            let likelihoodWeight = chosenLikelihoodWeight / Double(pair.chosen.policy.count)
            loss -= share * (logSigmoid(margin) + likelihoodWeight * pair.chosen.policy.total)
            metrics.add(pair, margin: margin)

            // -d log sigma(m) / dm is -sigma(-m); a sequence's log-probability is the sum of its tokens', so they share it.
            let push = share * beta * sigmoid(-margin)
            return PairWeights(
                chosen: Array(
                    repeating: Scalar(-push - share * likelihoodWeight), count: pair.chosen.policy.count),
                rejected: Array(repeating: Scalar(push), count: pair.rejected.policy.count))
        }
        return Evaluation(loss: loss, weights: weights, metrics: metrics)
    }
}
