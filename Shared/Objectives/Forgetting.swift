#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Lower-bounded forgetting: the mean over tokens of -log(1 - pi(token)), which is 0 where a token is forgotten. Raising log pi by gradient ascent
/// has no such end.
///
/// With supervised learning on replayed data and `Retention` on texts of the original model it makes up unlearning:
/// w_f forgetting + w_r supervised + w_b retention.
///
/// - Source: arXiv 2406.12397 for the three terms; their formulas after papers.md section 5, which has them from memory. Used on pit steps it is
///   a bounded alternative to the rejected arm of a pair; that use is ours.
public struct Forgetting: Sendable {
    /// Makes the objective; it has no coefficients.
    public init() {}

    /// Probabilities above this count as this: at 1 the loss would be infinite. The derivative by a logit, which is pi there, is off by as much.
    static let largestProbability = 1 - 1e-6

    /// Evaluates one pack.
    ///
    /// - Parameters:
    ///   - policy: for each sequence the log-probabilities of the tokens to forget.
    ///   - tokenCount: such tokens in the whole batch, at least as many as in this pack.
    @_specialize(where Scalar == Float)
    public func evaluate<Scalar: BinaryFloatingPoint & Sendable>(policy: [[Scalar]], tokenCount: Int)
        -> Evaluation<[[Scalar]], SupervisedMetrics>
    {
        let metrics = SupervisedMetrics(ofPack: policy, batchTokenCount: tokenCount)
        var loss = 0.0
        let weights = policy.map { tokens in
            tokens.map { token in
                let probability = min(exp(Double(token)), Self.largestProbability)
                loss -= log1p(-probability) / Double(tokenCount)
                return Scalar(probability / (1 - probability) / Double(tokenCount))
            }
        }
        return Evaluation(loss: loss, weights: weights, metrics: metrics)
    }
}
