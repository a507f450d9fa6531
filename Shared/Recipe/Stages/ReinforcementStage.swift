/// A stage that gives each token of the policy's rollouts an advantage and trains on them, round after round.
public struct ReinforcementStage: RolloutStage {
    /// How problems are sampled, and how the weights are updated.
    public var rollouts = {
        var rollouts = RolloutSettings(name: "reinforcement")
        rollouts.problemsPerRound = 512
        return rollouts
    }()

    /// Where advantages come from, and what is done with them.
    public var method = ReinforcementMethod.grpo

    /// Rollouts of a problem whose steps are valued, of methods that need it.
    public var surveyedPerProblem = 2

    /// Continuations of each prefix of those.
    public var continuationsPerPrefix = 5

    /// PAV's weight of the prover's advantage.
    public var alpha = 3.0

    /// Temperature of AWR's weights.
    public var beta = 1.0

    /// The largest of AWR's weights.
    public var maximumWeight = 20.0

    /// Whether AWR's and CRR's weights are divided by their sum.
    public var selfNormalised = false

    /// How far below 1 a ratio may go before it is clipped; nil for the method's own.
    public var clipLower: Double?

    /// How far above 1; nil for the method's own.
    public var clipUpper: Double?

    /// The ratio at which a token of negative advantage stops to push; nil for none.
    public var clipDual: Double?

    /// CISPO's cap on the ratio; nil for the method's own.
    public var ratioCap: Double?

    /// Weight of the divergence from the policy that the round began with; nil for the method's own.
    public var divergenceWeight: Double?

    /// Last tokens of the longest solution that are fined; 0 for no fine.
    public var overlongTokens = 0

    /// Whether rollouts that were cut off are trained on.
    public var truncated = TruncatedRollouts.incorrect

    /// What is done about a policy that has moved since.
    public var correction = LagCorrection.none

    /// The largest ratio that is kept.
    public var correctionMaximum = 2.0

    /// The smallest ratio that a mask keeps.
    public var correctionMinimum = 0.5

    /// The largest mean fall of a token's log-probability that the sequence mask keeps, in nats.
    public var maskBound = 0.5

    /// The defaults.
    public init() {}
}

/// What becomes of rollouts that reached the longest solution allowed.
public enum TruncatedRollouts: String, Sendable, CaseIterable {
    /// Without an answer, they are as good as incorrect.
    case incorrect
    /// They count in their group, and are not trained on.
    case dropped
}

extension TruncatedRollouts: RecipeChoice {}

extension ReinforcementStage: RecipeSection {
    static var keys: [Key<ReinforcementStage>] { samplingKeys + advantageKeys + objectiveKeys + updateKeys }

    private static var advantageKeys: [Key<ReinforcementStage>] {
        [
            .value(
                "method", \.method, .choice,
                "Where advantages come from and what is done with them, by its name in the literature; docs/methods.md has them all."
            ),
            .value(
                "surveyed_per_problem", \.surveyedPerProblem, .integer(1...4096),
                "Rollouts of a problem whose steps are valued and that are trained on; of vine-ppo, pav, awr and crr."),
            .value(
                "continuations_per_prefix", \.continuationsPerPrefix, .integer(1...1024),
                "Continuations of each of their prefixes; of the same methods."),
            .value(
                "alpha", \.alpha, .number(0...1000),
                "Of pav: the weight of the advantage under the best of those continuations."),
            .value(
                "overlong_tokens", \.overlongTokens, .integer(0...131_072),
                "How many last tokens up to maximum_tokens are fined, by 1 at its end (DAPO); 0 for no fine. Of methods without values of steps."
            ),
            .value(
                "truncated", \.truncated, .choice,
                "Whether rollouts that were cut off are trained on as incorrect ones, or only count in their group."
            ),
        ]
    }

    private static var objectiveKeys: [Key<ReinforcementStage>] {
        [
            .value("beta", \.beta, .number(above: 0, to: 100), "AWR's weights are exp(advantage / beta)."),
            .value(
                "maximum_weight", \.maximumWeight, .number(above: 0, to: 1_000_000), "The largest of AWR's weights."),
            .value(
                "self_normalised", \.selfNormalised, .flag,
                "Whether AWR's and CRR's weights are divided by their sum, and not by the number of tokens."),
            .optional(
                "clip_lower", \.clipLower, .number(0...1),
                "How far below 1 a ratio may go before it is clipped; the method's own if left out."),
            .optional(
                "clip_upper", \.clipUpper, .number(0...1_000_000),
                "How far above 1 a ratio may go before it is clipped; the method's own if left out."),
            .optional(
                "clip_dual", \.clipDual, .number(above: 1, to: 1_000_000),
                "The ratio at which a token of negative advantage stops to push; none if left out."),
            .optional(
                "ratio_cap", \.ratioCap, .number(above: 0, to: 1_000_000), "CISPO's cap on the ratio; 5 if left out."),
            .optional(
                "divergence_weight", \.divergenceWeight, .number(0...1000),
                "Weight of the divergence from the policy that the round began with; the method's own if left out."),
            .value(
                "correction", \.correction, .choice,
                "What is done about rollouts of an older policy: their ratio is truncated, or masked, or those of negative advantage "
                    + "that have become unlikely are taken out."),
            .value(
                "correction_maximum", \.correctionMaximum, .number(above: 0, to: 1_000_000),
                "The largest ratio that truncated and masked keep."),
            .value(
                "correction_minimum", \.correctionMinimum, .number(0...1_000_000),
                "The smallest ratio that masked keeps."),
            .value(
                "mask_bound", \.maskBound, .number(above: 0, to: 1000),
                "The largest mean fall of a token's log-probability that sequence-mask keeps, in nats."),
        ]
    }

    var conflicts: [Conflict] {
        var found = keysWithoutEffect
        if method.needsStepValues {
            found += excess([
                (("surveyed_per_problem", surveyedPerProblem), ("rollouts_per_problem", rollouts.rolloutsPerProblem))
            ])
        } else if rollouts.rolloutsPerProblem < 2, method != .reinforce, method != .reinforcePlusPlus {
            found.append(
                Conflict(
                    "rollouts_per_problem",
                    message:
                        "must be at least 2 for \(method.rawValue), whose baseline is the other rollouts of a problem; got "
                        + "\(rollouts.rolloutsPerProblem). Raise it."))
        }
        found += excess([(("overlong_tokens", overlongTokens), ("maximum_tokens", rollouts.maximumTokens))])
        if correction == .masked, correctionMinimum >= correctionMaximum {
            found.append(
                Conflict(
                    "correction_minimum",
                    message:
                        "must be below correction_maximum; got \(correctionMinimum) with \(correctionMaximum). Lower it."
                ))
        }
        return found
    }

    /// What would look as if it did something, and does not with this method.
    private var keysWithoutEffect: [Conflict] {
        let keys = [
            ("clip_lower", clipLower != nil && !method.clips), ("clip_upper", clipUpper != nil && !method.clips),
            ("clip_dual", clipDual != nil && !method.clips), ("ratio_cap", ratioCap != nil && method != .cispo),
            ("divergence_weight", divergenceWeight != nil && method.weighsTokens),
            ("correction", correction != .none && method.weighsTokens),
            ("overlong_tokens", overlongTokens > 0 && method.needsStepValues),
        ]
        return keys.filter(\.1).map { key, _ in
            Conflict(key, message: "has no effect on \(method.rawValue). Leave it out, or take another method.")
        }
    }
}
