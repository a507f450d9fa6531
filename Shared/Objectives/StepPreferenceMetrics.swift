/// Sums over pairs, from which the means that tell how a preference stage goes are taken; sums of packs add up.
public struct StepPreferenceMetrics: Sendable, Equatable {
    /// One arm of the pairs: the chosen or the rejected one.
    public struct Arm: Sendable, Equatable {
        /// Target tokens.
        public var tokenCount = 0
        /// Sum over the sequences of their log-probability under the policy, in nats.
        public var logProbabilitySum = 0.0
        /// Sum over the tokens of the estimate of the divergence, in nats.
        public var divergenceSum = 0.0

        /// The mean over the tokens of r - 1 - log r, with r = pi / pi_ref; in nats, 0 or more, nil without tokens.
        ///
        /// It estimates KL(pi_ref || pi) without bias on tokens drawn from the reference policy, as those of pairs are
        /// but for the choice of the pairs. The other direction is estimated by r^-1 - 1 + log r, which explodes on
        /// rejected tokens as soon as training does what it should.
        public var meanDivergence: Double? { tokenCount > 0 ? divergenceSum / Double(tokenCount) : nil }

        mutating func add(_ sequence: SequenceLogProbabilities<some BinaryFloatingPoint & Sendable>) {
            tokenCount += sequence.policy.count
            logProbabilitySum += sequence.policy.total
            divergenceSum += sequence.divergence
        }

        static func + (left: Arm, right: Arm) -> Arm {
            Arm(
                tokenCount: left.tokenCount + right.tokenCount,
                logProbabilitySum: left.logProbabilitySum + right.logProbabilitySum,
                divergenceSum: left.divergenceSum + right.divergenceSum)
        }
    }

    /// Pairs.
    public var pairCount = 0
    /// Pairs with a margin above 0, and half of those with a margin of exactly 0.
    public var orderedPairs = 0.0
    /// Sum of the margins, in nats times beta.
    public var marginSum = 0.0
    /// The chosen arms.
    public var chosen = Arm()
    /// The rejected arms.
    public var rejected = Arm()

    /// Share of pairs whose margin is above 0, ties counting half: 0.5 before the first update. Nil without pairs.
    public var accuracy: Double? { mean(orderedPairs) }
    /// Mean margin, in nats times beta: 0 before the first update. Nil without pairs.
    public var meanMargin: Double? { mean(marginSum) }
    /// Mean log-probability of a chosen sequence under the policy, in nats; nil without pairs.
    public var meanChosenLogProbability: Double? { mean(chosen.logProbabilitySum) }
    /// Mean log-probability of a rejected sequence under the policy, in nats; nil without pairs.
    public var meanRejectedLogProbability: Double? { mean(rejected.logProbabilitySum) }

    /// Sums over nothing.
    public init() {}

    /// The sums over both.
    public static func + (left: StepPreferenceMetrics, right: StepPreferenceMetrics) -> StepPreferenceMetrics {
        var sum = StepPreferenceMetrics()
        sum.pairCount = left.pairCount + right.pairCount
        sum.orderedPairs = left.orderedPairs + right.orderedPairs
        sum.marginSum = left.marginSum + right.marginSum
        sum.chosen = left.chosen + right.chosen
        sum.rejected = left.rejected + right.rejected
        return sum
    }

    mutating func add(_ pair: PairLogProbabilities<some BinaryFloatingPoint & Sendable>, margin: Double) {
        pairCount += 1
        orderedPairs += margin > 0 ? 1 : margin == 0 ? 0.5 : 0
        marginSum += margin
        chosen.add(pair.chosen)
        rejected.add(pair.rejected)
    }

    private func mean(_ sum: Double) -> Double? { pairCount > 0 ? sum / Double(pairCount) : nil }
}
