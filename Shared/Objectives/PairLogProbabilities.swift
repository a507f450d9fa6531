/// The chosen and the rejected continuation of one prefix.
public struct PairLogProbabilities<Scalar: BinaryFloatingPoint & Sendable>: Sendable {
    /// The continuation to make likelier.
    public let chosen: SequenceLogProbabilities<Scalar>
    /// The continuation to make less likely.
    public let rejected: SequenceLogProbabilities<Scalar>

    /// Puts a pair together.
    public init(chosen: SequenceLogProbabilities<Scalar>, rejected: SequenceLogProbabilities<Scalar>) {
        self.chosen = chosen
        self.rejected = rejected
    }
}

/// One weight for each token of a pair.
public struct PairWeights<Scalar: BinaryFloatingPoint & Sendable>: Sendable, Equatable {
    /// Weights of the chosen tokens; never above 0.
    public let chosen: [Scalar]
    /// Weights of the rejected tokens; never below 0.
    public let rejected: [Scalar]
}
