/// Advantage-weighted regression: supervised learning with the weight exp(A / beta) on each token, where A is the
/// advantage of the token's step.
///
/// - Source: papers.md section 1.5 (Eq. 4 of arXiv 2406.14532) for the weight, section 6.5 (CRR) for the cap.
public struct AdvantageWeighted: Sendable {
    /// The temperature: the smaller, the more the best steps count; above 0.
    public let beta: Double
    /// The cap on exp(A / beta), without which one step can rule a batch; above 0, infinite for no cap.
    public let maximumWeight: Double

    /// Makes the objective.
    ///
    /// - Throws: `ObjectivesError` if a coefficient is out of its range.
    public init(beta: Double, maximumWeight: Double = 20) throws(ObjectivesError) {
        try ObjectivesError.check(positive: beta, named: "beta of advantage weighting")
        guard maximumWeight > 0 else {
            throw ObjectivesError(
                .coefficientOutOfRange, "The maximum weight of a token must be above 0; got \(maximumWeight).")
        }
        self.beta = beta
        self.maximumWeight = maximumWeight
    }

    /// Evaluates one pack.
    ///
    /// - Parameters:
    ///   - policy: for each sequence the log-probabilities of its target tokens.
    ///   - advantages: for each of these tokens the advantage of its step, in -1...1; the same shape.
    ///   - tokenCount: target tokens in the whole batch, at least as many as in this pack.
    @_specialize(where Scalar == Float)  // The learner's scalar: 20 ns a token instead of 640.
    public func evaluate<Scalar: BinaryFloatingPoint & Sendable>(
        policy: [[Scalar]], advantages: [[Double]], tokenCount: Int
    ) -> Evaluation<[[Scalar]], SupervisedMetrics> {
        precondition(
            policy.map(\.count) == advantages.map(\.count),
            "each token needs one advantage: "
                + "got \(advantages.map(\.count)) for \(policy.map(\.count)) tokens")
        var metrics = SupervisedMetrics()
        var loss = 0.0
        let weights = zip(policy, advantages).map { tokens, advantages in
            zip(tokens, advantages).map { token, advantage in
                let weight = -min(exponential(advantage / beta), maximumWeight) / Double(tokenCount)
                loss += weight * Double(token)
                return Scalar(weight)
            }
        }
        metrics.tokenCount = policy.reduce(0) { $0 + $1.count }
        metrics.logProbabilitySum = policy.reduce(0) { $0 + $1.total }
        precondition(
            tokenCount >= metrics.tokenCount, "a pack of \(metrics.tokenCount) tokens in a batch of \(tokenCount)")
        return Evaluation(loss: loss, weights: weights, metrics: metrics)
    }
}
