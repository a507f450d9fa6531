/// What is done about rollouts that an older policy sampled, or one that computes otherwise.
///
/// Each gives a constant weight for each token of a rollout; 0 takes the token out, and still counts it in the batch's
/// size, so that what is left does not grow louder. The first two need the proximal policy's log-probabilities: with
/// them and a clipped surrogate they are decoupled PPO.
///
/// - Source: papers.md section 6.4.
public enum OffPolicyCorrection: Sendable, Equatable {
    /// Whether a ratio is of one token, of lower variance, or of the whole rollout, without bias.
    public enum Level: String, Sendable, CaseIterable {
        /// Of each token.
        case token
        /// The product over the rollout's tokens.
        case sequence
    }

    /// Nothing.
    case none
    /// The ratio pi_old / pi_behaviour, at most the maximum (truncated importance sampling).
    case truncated(Level, maximum: Double)
    /// The ratio where it is in the range, 0 elsewhere (masked importance sampling).
    case masked(Level, minimum: Double, maximum: Double)
    /// 0 for rollouts of negative advantage that have become unlikely: the mean of log pi_behaviour - log pi is above the bound, in nats.
    ///
    /// - Source: DeepSeek-V3.2, after papers.md section 6.4; 0.5 is a starting point.
    case sequenceMask(bound: Double)

    /// Whether it compares the policy before the training with the one that sampled.
    public var needsProximal: Bool {
        switch self {
        case .truncated, .masked: true
        case .none, .sequenceMask: false
        }
    }

    func check() throws(ObjectivesError) {
        switch self {
        case .none: break
        case .truncated(_, let maximum): try ObjectivesError.check(positive: maximum, named: "truncation of the ratio")
        case .masked(_, let minimum, let maximum):
            guard minimum >= 0, minimum < maximum, maximum.isFinite else {
                throw ObjectivesError(
                    .coefficientOutOfRange,
                    "A mask keeps ratios from a minimum of 0 or more to a maximum above it; got \(minimum) to \(maximum)."
                )
            }
        case .sequenceMask(let bound): try ObjectivesError.check(positive: bound, named: "bound of the sequence mask")
        }
    }

    /// One weight for each token.
    func weights(of rollout: SampledLogProbabilities<some BinaryFloatingPoint & Sendable>) -> [Double] {
        func ratios(_ level: Level) -> [Double] {
            let logRatios = rollout.lagLogRatios
            let bounded: (Double) -> Double = { exponential(max(-Self.bound, min($0, Self.bound))) }
            guard level == .sequence else { return logRatios.map(bounded) }
            return Array(repeating: bounded(logRatios.reduce(0, +)), count: logRatios.count)
        }
        switch self {
        case .none: return Array(repeating: 1, count: rollout.policy.count)
        case .truncated(let level, let maximum): return ratios(level).map { min($0, maximum) }
        case .masked(let level, let minimum, let maximum):
            return ratios(level).map { (minimum...maximum).contains($0) ? $0 : 0 }
        case .sequenceMask(let bound):
            let distance = (rollout.behaviour.total - rollout.policy.total) / Double(rollout.policy.count)
            return rollout.advantages.map { $0 < 0 && distance > bound ? 0 : 1 }
        }
    }

    private static let bound = ClipRange.largestLogRatio
}
