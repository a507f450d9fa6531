extension PreferenceStage: RecipeSection {
    static var keys: [Key<PreferenceStage>] { samplingKeys + searchKeys + trainingKeys }

    private static var samplingKeys: [Key<PreferenceStage>] {
        [
            .value("name", \.name, .name, "The stage's name, which no other stage may have."),
            .value("rounds", \.rounds, .integer(1...100_000), "Times that fresh problems are sampled and trained on."),
            .value("problems_per_round", \.problemsPerRound, .integer(1...10_000_000), "Fresh problems of one round."),
            .value("rollouts_per_problem", \.rolloutsPerProblem, .integer(1...4096), "Rollouts of each problem."),
            .value(
                "temperature", \.temperature, .number(above: 0, to: 10),
                "Divides the logits before a token is drawn; 1 is the policy itself, less is bolder."),
            .value(
                "top_p", \.topP, .number(above: 0, to: 1),
                "Tokens are drawn from the fewest most likely ones with this much probability together; 1 is all."),
            .value(
                "top_k", \.topK, .integer(0...1_000_000), "Tokens are drawn from so many most likely ones; 0 is all."),
            .value("maximum_tokens", \.maximumTokens, .integer(1...131_072), "The longest solution in tokens."),
            .value(
                "answers", \.answers, .choice,
                "strict reads the line #### alone; stated also \\boxed{} and \"the answer is\", as MATH has them; last-number and "
                    + "anywhere also reward a number that was not stated as the answer."),
            .value(
                "curriculum", \.curriculum, .flag,
                "Whether problems of a level, which is their number of steps, are drawn less often the closer the policy is to "
                    + "solving always or never the ones it was given. Of constraints, whether difficulty follows the pass rate: the next "
                    + "level where it is above 70%, the one before where it is below 30%."),
        ]
    }

    private static var searchKeys: [Key<PreferenceStage>] {
        [
            .value(
                "negatives_per_problem", \.negativesPerProblem, .integer(0...4096),
                "Incorrect rollouts of a problem whose first pit is searched, at most."),
            .value(
                "continuations_per_prefix", \.continuationsPerPrefix, .integer(1...1024),
                "K: a step is a pit when none of so many continuations after it is correct."),
            .value(
                "wave", \.wave, .integer(1...1024),
                "Continuations requested at a time: fewer stop sooner at a success, more wait less."),
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

    private static var trainingKeys: [Key<PreferenceStage>] {
        [
            .value("beta", \.beta, .number(above: 0, to: 100), "Strength of the pull to the reference policy."),
            .value("learning_rate", \.learningRate, .number(above: 0, to: 1), "The highest learning rate."),
            .value(
                "warmup_updates", \.warmupUpdates, .integer(0...10_000_000),
                "Updates of each round in which the learning rate rises from 0 to the highest."),
            .value(
                "schedule", \.schedule, .choice,
                "How the learning rate goes on after the warm-up, in each round anew: cosine falls to 0, so that what is "
                    + "published has settled."),
            .value("batch_size", \.batchSize, .integer(1...65_536), "Pairs of one update."),
            .value("epochs", \.epochs, .integer(1...1000), "Passes over the pairs of a round."),
            .value(
                "gradient_clip", \.gradientClip, .number(above: 0, to: 1_000_000),
                "The largest norm of the gradient; a longer one is scaled down to it."),
            .value("weight_decay", \.weightDecay, .number(0...10), "AdamW's decoupled decay."),
            .value(
                "chosen_likelihood_weight", \.chosenLikelihoodWeight, .number(0...1000),
                "Weight of the chosen continuation's own negative log-likelihood; 0 is plain DPO."),
            .value(
                "positives_per_problem", \.positivesPerProblem, .integer(0...4096),
                "Correct rollouts of each problem that are learned besides the pairs, at most."),
            .value(
                "positives_weight", \.positivesWeight, .number(0...1000),
                "Weight of the negative log-likelihood of those rollouts."),
            .section("lora", \.lora, "Low-rank adaptation, from fresh factors in each stage."),
        ]
    }

    var conflicts: [Conflict] {
        let bounds = [
            ("wave", wave, "continuations_per_prefix", continuationsPerPrefix),
            ("negatives_per_problem", negativesPerProblem, "rollouts_per_problem", rolloutsPerProblem),
            ("positives_per_problem", positivesPerProblem, "rollouts_per_problem", rolloutsPerProblem),
        ]
        let beyond = bounds.filter { $0.1 > $0.3 }.map { key, value, limitKey, limit in
            Conflict(
                key, message: "must be at most \(limitKey); got \(value) with \(limit). Lower it or raise the other.")
        }
        guard negativesPerProblem == 0, positivesPerProblem == 0 else { return beyond }
        return beyond + [
            Conflict(
                "negatives_per_problem",
                message:
                    "must be at least 1 where positives_per_problem is 0, for there is nothing else to learn from. "
                    + "Raise one of them.")
        ]
    }
}
