/// Policy gradient on sampled rollouts: of each token the surrogate of -A log pi, and if asked for the divergence from the
/// reference policy.
///
/// The methods of the literature are four choices: the surrogate, the aggregation of the tokens' losses, the weight of the
/// divergence and the correction for rollouts of an older policy. `PolicyGradientMethod` has them by name; where the
/// advantages come from is decided upstream.
///
/// With r_t = pi(t) / pi_old(t), where pi_old is the policy that sampled, or the proximal one where the rollouts have it:
///
/// | surrogate | loss of a token | gradient by log pi(t) |
/// | --- | --- | --- |
/// | plain | -A log pi | -A |
/// | clipped | -min(r A, clip(r, 1 - lower, 1 + upper) A) | -r A, or 0 where clipped |
/// | sequence-clipped | the same with s = exp(mean log r) of the sequence | -s A, shared by its tokens, or 0 |
/// | capped | -sg(min(r, maximum)) A log pi | -min(r, maximum) A |
///
/// - Source: papers.md section 6.3; Schulman et al. 2017 (PPO, arXiv 1707.06347) for the clipped surrogate.
public struct PolicyGradient: Sendable {
    /// What stands for -A log pi once the policy differs from the one that sampled.
    public enum Surrogate: Sendable, Equatable {
        /// REINFORCE: no ratio.
        case plain
        /// PPO: no gain from moving a token's probability beyond the range.
        case clipped(ClipRange)
        /// GSPO: the same, with one ratio for the whole sequence.
        case sequenceClipped(ClipRange)
        /// CISPO: the ratio is a constant and capped, so that every token keeps a gradient.
        case capped(maximum: Double)
    }

    /// How the losses of tokens become that of a batch.
    public enum Aggregation: Sendable, Equatable {
        /// The mean over all tokens of the batch (DAPO).
        case tokens
        /// The mean over sequences of the mean over their tokens (GRPO).
        case sequenceMeans
        /// The mean over sequences of the sum over their tokens (RLOO).
        case sequenceSums
        /// The mean over sequences of the sum over their tokens divided by a constant, such as the longest solution allowed
        /// (Dr. GRPO).
        case constantLength(Int)
    }

    /// What stands for -A log pi.
    public let surrogate: Surrogate
    /// How tokens become a batch.
    public let aggregation: Aggregation
    /// The weight of the divergence from the reference policy; 0 or more.
    public let divergenceWeight: Double
    /// What is done about rollouts of an older policy.
    public let correction: OffPolicyCorrection

    /// Makes the objective.
    ///
    /// - Throws: `ObjectivesError` if a coefficient is out of its range.
    public init(
        _ surrogate: Surrogate, aggregation: Aggregation, divergenceWeight: Double = 0,
        correction: OffPolicyCorrection = .none
    ) throws(ObjectivesError) {
        switch surrogate {
        case .plain: break
        case .clipped(let range), .sequenceClipped(let range): try range.check()
        case .capped(let maximum): try ObjectivesError.check(positive: maximum, named: "cap on the ratio")
        }
        if case .constantLength(let length) = aggregation {
            try ObjectivesError.check(positive: Double(length), named: "constant length")
        }
        try ObjectivesError.check(weight: divergenceWeight, named: "divergence weight")
        try correction.check()
        self.surrogate = surrogate
        self.aggregation = aggregation
        self.divergenceWeight = divergenceWeight
        self.correction = correction
    }

    /// Evaluates one pack.
    ///
    /// - Parameters:
    ///   - rollouts: the rollouts of this pack.
    ///   - batch: the size of the whole batch, what is masked included.
    /// - Returns: one weight for each token of each rollout.
    @_specialize(where Scalar == Float)
    public func evaluate<Scalar: BinaryFloatingPoint & Sendable>(
        _ rollouts: [SampledLogProbabilities<Scalar>], of batch: BatchSize
    ) -> Evaluation<[[Scalar]], PolicyGradientMetrics> {
        precondition(
            batch.sequences >= rollouts.count && batch.tokens >= rollouts.reduce(0) { $0 + $1.policy.count },
            "a pack of \(rollouts.count) rollouts in a batch of \(batch)")
        var metrics = PolicyGradientMetrics()
        var loss = 0.0
        let weights = rollouts.map { rollout -> [Scalar] in
            let share = share(ofTokenIn: rollout.policy.count, batch)
            let corrections = correction.weights(of: rollout)
            let ratios = rollout.logRatios
            let sequenceRatio = ratios.reduce(0, +) / Double(ratios.count)
            // The tokens' slopes of a sequence ratio: each gets the mean of all, because the ratio has the mean of theirs.
            var (slopes, sharedSlope) = ([Double](repeating: 0, count: ratios.count), 0.0)
            for index in ratios.indices {
                let (advantage, correction) = (rollout.advantages[index], corrections[index])
                let term = term(
                    logRatio: ratios[index], sequenceRatio: sequenceRatio, advantage: advantage,
                    logProbability: Double(rollout.policy[index]))
                loss += share * correction * term.loss
                if case .sequenceClipped = surrogate {
                    sharedSlope += correction * term.slope / Double(ratios.count)
                } else {
                    slopes[index] = correction * term.slope
                }
                metrics.add(
                    isClipped: term.isClipped, correction: correction, advantage: advantage, logRatio: ratios[index])
            }
            return rollout.policy.indices.map { index in
                var slope = slopes[index] + sharedSlope
                if let reference = rollout.reference {
                    let distance = min(
                        Double(reference[index]) - Double(rollout.policy[index]), ClipRange.largestLogRatio)
                    let divergence = exponentialExcess(distance)
                    metrics.divergenceSum += divergence
                    loss += share * divergenceWeight * divergence
                    slope += divergenceWeight * (1 - exponential(distance))
                }
                return Scalar(share * slope)
            }
        }
        return Evaluation(loss: loss, weights: weights, metrics: metrics)
    }

    /// What one token counts for in the batch's loss.
    private func share(ofTokenIn length: Int, _ batch: BatchSize) -> Double {
        switch aggregation {
        case .tokens: 1 / Double(batch.tokens)
        case .sequenceMeans: 1 / (Double(batch.sequences) * Double(length))
        case .sequenceSums: 1 / Double(batch.sequences)
        case .constantLength(let constant): 1 / (Double(batch.sequences) * Double(constant))
        }
    }

    /// The loss of a token, and its derivative by the token's log-probability; of a sequence ratio by the mean log-ratio.
    private func term(
        logRatio: Double, sequenceRatio: Double, advantage: Double, logProbability: Double
    ) -> (loss: Double, slope: Double, isClipped: Bool) {
        switch surrogate {
        case .plain: return (-advantage * logProbability, -advantage, false)
        case .clipped(let range): return range.term(logRatio: logRatio, advantage: advantage)
        case .sequenceClipped(let range): return range.term(logRatio: sequenceRatio, advantage: advantage)
        case .capped(let maximum):
            let ratio = exponential(min(logRatio, ClipRange.largestLogRatio))
            let weight = min(ratio, maximum) * advantage
            return (-weight * logProbability, -weight, ratio > maximum)
        }
    }
}

/// Sequences and target tokens of a whole batch, by which its losses are divided.
public struct BatchSize: Sendable, Equatable {
    /// Sequences, 1 or more.
    public let sequences: Int
    /// Target tokens of all of them, 1 or more.
    public let tokens: Int

    /// Names a size.
    public init(sequences: Int, tokens: Int) {
        precondition(sequences >= 1 && tokens >= 1, "a batch of \(sequences) sequences and \(tokens) tokens")
        self.sequences = sequences
        self.tokens = tokens
    }
}
