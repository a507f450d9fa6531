/// A method that learns from the advantages of a policy's own rollouts, by its name in the literature.
public enum ReinforcementMethod: String, Sendable, CaseIterable {
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
    case awr
    case crr

    /// Whether it clips ratios.
    var clips: Bool {
        switch self {
        case .grpo, .drGRPO, .dapo, .gspo, .litePPO, .reinforcePlusPlus, .vinePPO: true
        case .reinforce, .rloo, .cispo, .pav, .awr, .crr: false
        }
    }

    /// Whether it weighs tokens by their advantage, and follows no policy gradient.
    var weighsTokens: Bool { self == .awr || self == .crr }

    /// Whether it needs the values of single steps, which continuations estimate.
    public var needsStepValues: Bool {
        switch self {
        case .vinePPO, .pav, .awr, .crr: true
        case .reinforce, .rloo, .grpo, .drGRPO, .dapo, .gspo, .cispo, .litePPO, .reinforcePlusPlus: false
        }
    }
}

extension ReinforcementMethod: RecipeChoice {}

/// What is done about rollouts of a policy that has moved since.
public enum LagCorrection: String, Sendable, CaseIterable {
    /// Nothing.
    case none
    /// Truncated importance sampling.
    case truncated
    /// Masked importance sampling.
    case masked
    /// Rollouts of negative advantage that have become unlikely are taken out.
    case sequenceMask = "sequence-mask"
}

extension LagCorrection: RecipeChoice {}
