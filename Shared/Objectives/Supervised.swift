/// Supervised learning: the mean over all target tokens of the batch of -log pi(token).
///
/// The mean is over tokens, not over sequences, so a long solution counts for more than a short one and every token
/// for the same. The weight of each token is -1/N for N tokens in the batch.
public struct Supervised: Sendable {
    /// Makes the objective; it has no coefficients.
    public init() {}

    /// Evaluates one pack.
    ///
    /// - Parameters:
    ///   - policy: for each sequence the log-probabilities of its target tokens.
    ///   - tokenCount: target tokens in the whole batch, at least as many as in this pack.
    @_specialize(where Scalar == Float)  // The learner's scalar: 20 ns a token instead of 640.
    public func evaluate<Scalar: BinaryFloatingPoint & Sendable>(policy: [[Scalar]], tokenCount: Int)
        -> Evaluation<[[Scalar]], SupervisedMetrics>
    {
        let metrics = SupervisedMetrics(ofPack: policy, batchTokenCount: tokenCount)
        let weight = Scalar(-1 / Double(tokenCount))
        return Evaluation(
            loss: -metrics.logProbabilitySum / Double(tokenCount),
            weights: policy.map { Array(repeating: weight, count: $0.count) }, metrics: metrics)
    }
}

/// Sums over the packs of supervised learning.
public struct SupervisedMetrics: Sendable, Equatable {
    /// Target tokens.
    public var tokenCount: Int
    /// Sum of their log-probabilities, in nats.
    public var logProbabilitySum: Double

    /// Sums over these tokens; over nothing by default.
    public init(tokenCount: Int = 0, logProbabilitySum: Double = 0) {
        self.tokenCount = tokenCount
        self.logProbabilitySum = logProbabilitySum
    }

    /// The sums over a pack of a batch with so many tokens.
    init(ofPack policy: [[some BinaryFloatingPoint]], batchTokenCount: Int) {
        tokenCount = policy.reduce(0) { $0 + $1.count }
        logProbabilitySum = policy.reduce(0) { $0 + $1.total }
        precondition(
            batchTokenCount >= tokenCount, "a pack of \(tokenCount) tokens in a batch of \(batchTokenCount)")
    }

    /// The mean log-probability of a token, in nats; nil without tokens.
    public var meanLogProbability: Double? { tokenCount > 0 ? logProbabilitySum / Double(tokenCount) : nil }

    /// The sums over both.
    public static func + (left: SupervisedMetrics, right: SupervisedMetrics) -> SupervisedMetrics {
        SupervisedMetrics(
            tokenCount: left.tokenCount + right.tokenCount,
            logProbabilitySum: left.logProbabilitySum + right.logProbabilitySum)
    }
}
