/// Bias mitigation: the divergence KL(original || pi) on texts that the original model wrote, estimated by the mean over tokens of r - 1 - log r with
/// r = pi / original. The estimate has no bias on such texts, is never negative, and asks for log-probabilities of tokens only.
///
/// - Source: papers.md section 5 for the term; the estimator is Schulman's, as in `StepPreferenceMetrics.Arm`.
public struct Retention: Sendable {
    /// Makes the objective; it has no coefficients.
    public init() {}

    /// Evaluates one pack.
    ///
    /// - Parameters:
    ///   - sequences: the tokens of each text under the policy and under the original model, its reference policy.
    ///   - tokenCount: target tokens in the whole batch, at least as many as in this pack.
    @_specialize(where Scalar == Float)
    public func evaluate<Scalar: BinaryFloatingPoint & Sendable>(
        _ sequences: [SequenceLogProbabilities<Scalar>], tokenCount: Int
    ) -> Evaluation<[[Scalar]], SupervisedMetrics> {
        let metrics = SupervisedMetrics(ofPack: sequences.map(\.policy), batchTokenCount: tokenCount)
        let share = 1 / Double(tokenCount)
        let weights = sequences.map { sequence in
            zip(sequence.policy, sequence.reference).map { policy, reference in
                // d/dx of e^x - 1 - x.
                Scalar(share * (exponential(min(Double(policy) - Double(reference), ClipRange.largestLogRatio)) - 1))
            }
        }
        return Evaluation(
            loss: share * sequences.reduce(0) { $0 + $1.divergence }, weights: weights, metrics: metrics)
    }
}
