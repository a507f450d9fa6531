/// Advantage-weighted regression: supervised learning with a weight for each token that follows from the advantage of the token's step.
///
/// - Source: papers.md section 1.5 (Eq. 4 of arXiv 2406.14532) for exp(A / beta), section 6.5 for the cap and the indicator (CRR). That the paper's weights
///   are self-normalised is not known; with advantages in -1...1 and a small beta one of the two is needed.
public struct AdvantageWeighted: Sendable {
    /// The weight of an advantage.
    public enum Weighting: Sendable, Equatable {
        /// exp(A / beta), at most the maximum, which may be infinite (AWR, and CRR's exponential form).
        case exponential(beta: Double, maximum: Double)
        /// 1 where the advantage is above 0, else 0 (CRR's binary form: steps that help are kept, also those of incorrect solutions).
        case indicator
    }

    /// The weight of an advantage.
    public let weighting: Weighting
    /// Whether the weights of a batch are divided by their sum instead of by the number of tokens.
    public let isSelfNormalised: Bool

    /// Makes the objective.
    ///
    /// - Throws: `ObjectivesError` if a coefficient is out of its range.
    public init(_ weighting: Weighting, isSelfNormalised: Bool = false) throws(ObjectivesError) {
        if case .exponential(let beta, let maximum) = weighting {
            try ObjectivesError.check(positive: beta, named: "beta of advantage weighting")
            guard maximum > 0 else {
                throw ObjectivesError(
                    .coefficientOutOfRange, "The maximum weight of a token must be above 0; got \(maximum).")
            }
        }
        self.weighting = weighting
        self.isSelfNormalised = isSelfNormalised
    }

    /// Makes the exponential form with CRR's cap.
    ///
    /// - Throws: `ObjectivesError` if a coefficient is out of its range.
    public init(beta: Double, maximumWeight: Double = 20) throws(ObjectivesError) {
        try self.init(.exponential(beta: beta, maximum: maximumWeight))
    }

    /// The weight of a token whose step has this advantage, before it is divided.
    public func weight(ofAdvantage advantage: Double) -> Double {
        switch weighting {
        case .exponential(let beta, let maximum): min(exponential(advantage / beta), maximum)
        case .indicator: advantage > 0 ? 1 : 0
        }
    }

    /// What the weights of a batch with these advantages are divided by: the number of tokens, or the sum of the weights. 1 where that is 0.
    public func divisor(ofAdvantages advantages: [[Double]]) -> Double {
        let sum =
            isSelfNormalised
            ? advantages.joined().reduce(0) { $0 + weight(ofAdvantage: $1) }
            : Double(advantages.reduce(0) { $0 + $1.count })
        return sum > 0 ? sum : 1
    }

    /// Evaluates one pack.
    ///
    /// - Parameters:
    ///   - policy: for each sequence the log-probabilities of its target tokens.
    ///   - advantages: for each of these tokens the advantage of its step, in -1...1; the same shape.
    ///   - divisor: that of the whole batch.
    @_specialize(where Scalar == Float)  // The learner's scalar: 20 ns a token instead of 640.
    public func evaluate<Scalar: BinaryFloatingPoint & Sendable>(
        policy: [[Scalar]], advantages: [[Double]], divisor: Double
    ) -> Evaluation<[[Scalar]], SupervisedMetrics> {
        precondition(
            policy.map(\.count) == advantages.map(\.count),
            "each token needs one advantage: "
                + "got \(advantages.map(\.count)) for \(policy.map(\.count)) tokens")
        precondition(divisor > 0, "weights are divided by \(divisor)")
        var metrics = SupervisedMetrics()
        var loss = 0.0
        let weights = zip(policy, advantages).map { tokens, advantages in
            zip(tokens, advantages).map { token, advantage in
                let weight = -weight(ofAdvantage: advantage) / divisor
                loss += weight * Double(token)
                return Scalar(weight)
            }
        }
        metrics.tokenCount = policy.reduce(0) { $0 + $1.count }
        metrics.logProbabilitySum = policy.reduce(0) { $0 + $1.total }
        return Evaluation(loss: loss, weights: weights, metrics: metrics)
    }
}
