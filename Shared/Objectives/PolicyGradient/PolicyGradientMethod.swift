/// The policy-gradient methods of the literature, by the names they have there.
///
/// | method | advantage of a token | whole batch | surrogate | aggregation | divergence |
/// | --- | --- | --- | --- | --- | --- |
/// | reinforce | reward | | plain | sequence sums | 0 |
/// | rloo | reward less the mean of the others | | plain | sequence sums | 0 |
/// | grpo | (reward - mean) / deviation in the group | | clipped 0.2 / 0.2 | sequence means | 0.04 |
/// | dr-grpo | reward - mean | | clipped 0.2 / 0.2 | sum over tokens / longest allowed | 0 |
/// | dapo | as grpo | | clipped 0.2 / 0.28 | tokens | 0 |
/// | gspo | as grpo | | sequence-clipped 3e-4 / 4e-4 | sequence means | 0 |
/// | cispo | reward - mean | scaled | capped at 5 | tokens | 0 |
/// | lite-ppo | reward - mean | scaled | clipped 0.2 / 0.28 | tokens | 0 |
/// | reinforce++ | reward | whitened | clipped 0.2 / 0.2 | tokens | 0 |
/// | vine-ppo | V after the step - V before | whitened | clipped 0.2 / 0.2 | tokens | 1e-4 |
/// | pav | Q + alpha A of the step | | plain | sequence sums | 1e-3 |
///
/// - Source: papers.md sections 6.1 and 6.3, which tell how sure each number is. Not as stated there, and so ours: the aggregation of reinforce,
///   reinforce++ and vine-ppo, the upper clip of lite-ppo, the range of dr-grpo, that there is no dual clip, that the divergence of rloo and reinforce++
///   is in the loss if it is asked for and not in the reward, that vine-ppo's is not clipped, that pav has no token baseline, and that the batch's deviation
///   of cispo and lite-ppo is of the advantages of all tokens.
public enum PolicyGradientMethod: String, Sendable, CaseIterable {
    case reinforce
    case rloo
    case grpo
    case drGRPO = "dr-grpo"
    case dapo
    case gspo
    case cispo
    case litePPO = "lite-ppo"
    case reinforcePlusPlus = "reinforce++"
    case vinePPO = "vine-ppo"
    case pav

    /// What stands for -A log pi, with the method's own numbers.
    public var surrogate: PolicyGradient.Surrogate {
        switch self {
        case .reinforce, .rloo, .pav: .plain
        case .grpo, .drGRPO, .reinforcePlusPlus, .vinePPO: .clipped(ClipRange(lower: 0.2, upper: 0.2))
        case .dapo, .litePPO: .clipped(ClipRange(lower: 0.2, upper: 0.28))
        case .gspo: .sequenceClipped(ClipRange(lower: 3e-4, upper: 4e-4))
        case .cispo: .capped(maximum: 5)
        }
    }

    /// How tokens become a batch.
    ///
    /// - Parameter maximumTokens: of one solution.
    public func aggregation(maximumTokens: Int) -> PolicyGradient.Aggregation {
        switch self {
        case .reinforce, .rloo, .pav: .sequenceSums
        case .grpo, .gspo: .sequenceMeans
        case .drGRPO: .constantLength(maximumTokens)
        case .dapo, .cispo, .litePPO, .reinforcePlusPlus, .vinePPO: .tokens
        }
    }

    /// The weight of the divergence from the reference policy in the loss.
    public var divergenceWeight: Double {
        switch self {
        case .grpo: 0.04
        case .vinePPO: 1e-4
        case .pav: 1e-3
        case .reinforce, .rloo, .drGRPO, .dapo, .gspo, .cispo, .litePPO, .reinforcePlusPlus: 0
        }
    }

    /// What is done to the advantages of a whole batch.
    public var normalisation: BatchNormalisation {
        switch self {
        case .reinforcePlusPlus, .vinePPO: .whitened
        case .cispo, .litePPO: .scaled
        case .reinforce, .rloo, .grpo, .drGRPO, .dapo, .gspo, .pav: .none
        }
    }
}
