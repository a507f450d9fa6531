/// Sums over tokens, from which the means are taken that tell how a policy-gradient stage goes; sums of packs add up.
public struct PolicyGradientMetrics: Sendable, Equatable {
    /// Target tokens, what is masked included.
    public var tokenCount = 0
    /// Tokens whose surrogate is clipped or capped.
    public var clippedCount = 0
    /// Tokens that the correction took out.
    public var maskedCount = 0
    /// Sum of the advantages.
    public var advantageSum = 0.0
    /// Sum over the tokens of the estimate r - 1 - log r of the divergence from the old policy, in nats.
    public var moveSum = 0.0
    /// Sum over the tokens of the estimate of the divergence from the reference policy, in nats; 0 where it is not known.
    public var divergenceSum = 0.0

    /// Sums over nothing.
    public init() {}

    /// The share of tokens that are clipped or capped; nil without tokens.
    public var clippedShare: Double? { mean(Double(clippedCount)) }
    /// The share of tokens that the correction took out; nil without tokens.
    public var maskedShare: Double? { mean(Double(maskedCount)) }
    /// The mean advantage of a token; nil without tokens.
    public var meanAdvantage: Double? { mean(advantageSum) }
    /// The mean estimate of KL(pi_old || pi), in nats, 0 or more; nil without tokens.
    public var meanMove: Double? { mean(moveSum) }
    /// The mean estimate of KL(pi || pi_ref), in nats, 0 or more, without bias on tokens of the policy; nil without tokens.
    public var meanDivergence: Double? { mean(divergenceSum) }

    /// The sums over both.
    public static func + (left: PolicyGradientMetrics, right: PolicyGradientMetrics) -> PolicyGradientMetrics {
        var sum = left
        sum.tokenCount += right.tokenCount
        sum.clippedCount += right.clippedCount
        sum.maskedCount += right.maskedCount
        sum.advantageSum += right.advantageSum
        sum.moveSum += right.moveSum
        sum.divergenceSum += right.divergenceSum
        return sum
    }

    mutating func add(isClipped: Bool, correction: Double, advantage: Double, logRatio: Double) {
        tokenCount += 1
        clippedCount += isClipped ? 1 : 0
        maskedCount += correction == 0 ? 1 : 0
        advantageSum += advantage
        moveSum += exponentialExcess(min(logRatio, ClipRange.largestLogRatio))
    }

    private func mean(_ sum: Double) -> Double? { tokenCount > 0 ? sum / Double(tokenCount) : nil }
}
