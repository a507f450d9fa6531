extension PreferenceStage: RecipeSection {
    static var keys: [Key<PreferenceStage>] { samplingKeys + searchKeys + objectiveKeys + updateKeys }

    private static var searchKeys: [Key<PreferenceStage>] {
        [
            .value(
                "negatives_per_problem", \.negativesPerProblem, .integer(0...4096),
                "Incorrect rollouts of a problem whose first pit is searched, at most; of pairs by outcome, how many pairs; of sampled ones, rollouts of which prefixes are continued."
            ),
            .value(
                "continuations_per_prefix", \.continuationsPerPrefix, .integer(1...1024),
                "K: a step is a pit when none of so many continuations after it is correct; of first-pit pairs, as wave, layout and values are. Of "
                    + "sampled pairs, the steps that two are drawn from."
            ),
            .value(
                "wave", \.wave, .integer(1...1024),
                "Continuations requested at a time: fewer stop sooner at a success, more wait less."),
            .value(
                "pairs", \.pairs, .choice,
                "first-pit sets a way on against the step that lost the problem; random and farthest set whole solutions against each "
                    + "other by their outcomes alone, drawn at random or the most different by edit distance; sampled sets steps against each other that the "
                    + "policy took after the same prefix, each chosen by chance, the more often the better its continuations did."
            ),
            .value(
                "layout", \.layout, .choice,
                "next-step sets the first step of a correct continuation against the pit step; completion the whole of it; paper-1 a correct solution "
                    + "against the incorrect one up to its pit."),
            .value(
                "values", \.values, .choice,
                "monte-carlo finds first pits by continuations; exact by a search through all that can follow, which puzzles "
                    + "of at most 7 numbers allow."),
        ]
    }

    private static var objectiveKeys: [Key<PreferenceStage>] {
        [
            .value(
                "loss", \.loss, .choice,
                "dpo is direct preference optimisation; unlearning forgets rejected continuations with a bound, and replays and retains "
                    + "chosen ones."),
            .value(
                "forgetting_weight", \.forgettingWeight, .number(0...1000),
                "Of unlearning: weight of the forgetting of rejected continuations."
            ).written { $0.loss == .unlearning },
            .value(
                "replay_weight", \.replayWeight, .number(0...1000),
                "Of unlearning: weight of the negative log-likelihood of chosen continuations."
            ).written { $0.loss == .unlearning },
            .value(
                "retention_weight", \.retentionWeight, .number(0...1000),
                "Of unlearning: weight of the divergence of chosen continuations from the policy that the round began with."
            ).written { $0.loss == .unlearning },
            .value("beta", \.beta, .number(above: 0, to: 100), "Strength of the pull to the reference policy."),
            .value(
                "chosen_likelihood_weight", \.chosenLikelihoodWeight, .number(0...1000),
                "Weight of the chosen continuation's own negative log-likelihood; 0 is plain DPO."),
            .value(
                "chosen_penalty", \.chosenPenalty, .number(0...1000),
                "Takes from the margin what the chosen continuation has lost of its likelihood, times this (DPO-Positive); 0 is plain "
                    + "DPO."),
            .value(
                "positives_per_problem", \.positivesPerProblem, .integer(0...4096),
                "Correct rollouts of each problem that are learned besides the pairs, at most."),
            .value(
                "positives_weight", \.positivesWeight, .number(0...1000),
                "Weight of the negative log-likelihood of those rollouts."),
        ]
    }

    var conflicts: [Conflict] {
        let rollouts = ("rollouts_per_problem", rollouts.rolloutsPerProblem)
        let beyond = excess([
            (("wave", wave), ("continuations_per_prefix", continuationsPerPrefix)),
            (("negatives_per_problem", negativesPerProblem), rollouts),
            (("positives_per_problem", positivesPerProblem), rollouts),
        ])
        let exact =
            pairs == .firstPit || values == .monteCarlo
            ? []
            : [
                Conflict(
                    "values",
                    message: "has no effect on pairs that are not of first pits. Leave it out, or take first-pit pairs."
                )
            ]
        // With sampled pairs, positives are refused as without effect.
        guard negativesPerProblem == 0, positivesPerProblem == 0 else { return beyond + exact + keysWithoutEffect }
        return beyond + exact + [
            Conflict(
                "negatives_per_problem",
                message:
                    "must be at least 1 where positives_per_problem is 0, for there is nothing else to learn from. "
                    + "Raise one of them.")
        ]
    }

    /// What would look as if it did something, and does not.
    private var keysWithoutEffect: [Conflict] {
        let preset = PreferenceStage()
        let isUnlearning = loss == .unlearning
        let keys = [
            ("positives_per_problem", positivesPerProblem > 0 && pairs == .sampled, "sampled pairs"),
            ("chosen_likelihood_weight", chosenLikelihoodWeight > 0 && isUnlearning, "unlearning"),
            ("chosen_penalty", chosenPenalty > 0 && isUnlearning, "unlearning"),
            ("forgetting_weight", forgettingWeight != preset.forgettingWeight && !isUnlearning, "dpo"),
            ("replay_weight", replayWeight != preset.replayWeight && !isUnlearning, "dpo"),
            ("retention_weight", retentionWeight != preset.retentionWeight && !isUnlearning, "dpo"),
        ]
        return keys.filter(\.1).map { key, _, what in
            Conflict(key, message: "has no effect on \(what). Leave it out, or take another kind.")
        }
    }
}
