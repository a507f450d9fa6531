import Objectives
import Recipe

/// What each method of the literature comes to: the data rule for the advantage service, and the objective for the learner.
extension ReinforcementMethod {
    /// The name of the rule that makes advantages, as an `AdvantagePlan` has it.
    var advantageRule: String {
        switch self {
        case .reinforce, .reinforcePlusPlus: "reward"
        case .rloo: "leave-one-out"
        case .grpo, .dapo, .gspo: "standardised"
        case .drGRPO, .cispo, .litePPO: "centred"
        case .vinePPO, .awr, .crr: "advantage"
        case .pav: "process"
        }
    }

    /// The objective's name; nil for those that weigh tokens instead of following a policy gradient.
    fileprivate var policyGradient: PolicyGradientMethod? { PolicyGradientMethod(rawValue: rawValue) }
}

extension BatchNormalisation {
    init(_ method: ReinforcementMethod) { self = method.policyGradient?.normalisation ?? .none }
}

extension StageObjective {
    /// The objective of a stage, with the method's own numbers where the recipe has none.
    ///
    /// - Throws: `ObjectivesError` if a coefficient is out of its range.
    init(_ stage: ReinforcementStage) throws {
        guard let method = stage.method.policyGradient else {
            let weighting: AdvantageWeighted.Weighting =
                stage.method == .crr ? .indicator : .exponential(beta: stage.beta, maximum: stage.maximumWeight)
            self = .weighted(try AdvantageWeighted(weighting, isSelfNormalised: stage.selfNormalised))
            return
        }
        self = .policyGradient(
            try PolicyGradient(
                Self.surrogate(method, stage), aggregation: method.aggregation(maximumTokens: stage.maximumTokens),
                divergenceWeight: stage.divergenceWeight ?? method.divergenceWeight,
                correction: OffPolicyCorrection(stage)))
    }

    private static func surrogate(
        _ method: PolicyGradientMethod, _ stage: ReinforcementStage
    ) -> PolicyGradient.Surrogate {
        func range(_ own: ClipRange) -> ClipRange {
            ClipRange(
                lower: stage.clipLower ?? own.lower, upper: stage.clipUpper ?? own.upper,
                dual: stage.clipDual ?? own.dual)
        }
        return switch method.surrogate {
        case .plain: .plain
        case .clipped(let own): .clipped(range(own))
        case .sequenceClipped(let own): .sequenceClipped(range(own))
        case .capped(let own): .capped(maximum: stage.ratioCap ?? own)
        }
    }
}

extension OffPolicyCorrection {
    fileprivate init(_ stage: ReinforcementStage) {
        self =
            switch stage.correction {
            case .none: .none
            case .truncated: .truncated(.token, maximum: stage.correctionMaximum)
            case .masked: .masked(.token, minimum: stage.correctionMinimum, maximum: stage.correctionMaximum)
            case .sequenceMask: .sequenceMask(bound: stage.maskBound)
            }
    }
}
