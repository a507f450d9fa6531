/// A stage that improves a policy on its own rollouts, round after round. What all such stages have in common reads as their own.
@dynamicMemberLookup
public protocol RolloutStage: Sendable, Equatable {
    /// How problems are sampled, and how the weights are updated.
    var rollouts: RolloutSettings { get set }
}

extension RolloutStage {
    /// What the stage has in common with others.
    public subscript<Value>(dynamicMember path: WritableKeyPath<RolloutSettings, Value>) -> Value {
        get { rollouts[keyPath: path] }
        set { rollouts[keyPath: path] = newValue }
    }
}

extension RolloutStage {
    static var samplingKeys: [Key<Self>] {
        [
            .value("name", \.rollouts.name, .name, "The stage's name, which no other stage may have."),
            .value(
                "rounds", \.rollouts.rounds, .integer(1...100_000), "Times that problems are sampled and trained on."),
            .value(
                "problems_per_round", \.rollouts.problemsPerRound, .integer(1...10_000_000), "Problems of one round."),
            .value(
                "problems", \.rollouts.problems, .choice,
                "fresh takes problems that no other stage or round has; taught those that supervised stages teach, from the first on, "
                    + "in every round: stages of this recipe or, where it has none, of the run that its model comes from, which had this seed."
            ),
            .value(
                "rollouts_per_problem", \.rollouts.rolloutsPerProblem, .integer(1...4096), "Rollouts of each problem."),
            .value(
                "temperature", \.rollouts.temperature, .number(above: 0, to: 10),
                "Divides the logits before a token is drawn; 1 is the policy itself, less is bolder."),
            .value(
                "top_p", \.rollouts.topP, .number(above: 0, to: 1),
                "Tokens are drawn from the fewest most likely ones with this much probability together; 1 is all."),
            .value(
                "top_k", \.rollouts.topK, .integer(0...1_000_000),
                "Tokens are drawn from so many most likely ones; 0 is all."),
            .value(
                "maximum_tokens", \.rollouts.maximumTokens, .integer(1...131_072), "The longest solution in tokens."),
            .value(
                "answers", \.rollouts.answers, .choice,
                "strict reads the line #### alone; stated also \\boxed{} and \"the answer is\", as MATH has them; last-number and "
                    + "anywhere also reward a number that was not stated as the answer."),
            .value(
                "curriculum", \.rollouts.curriculum, .flag,
                "Whether problems of a level, which is their number of steps, are drawn less often the closer the policy is to "
                    + "solving always or never the ones it was given. Of constraints, whether difficulty follows the pass rate: the next "
                    + "level where it is above 70%, the one before where it is below 30%."),
        ]
    }

    static var updateKeys: [Key<Self>] {
        [
            .value("learning_rate", \.rollouts.learningRate, .number(above: 0, to: 1), "The highest learning rate."),
            .value(
                "warmup_updates", \.rollouts.warmupUpdates, .integer(0...10_000_000),
                "Updates of each round in which the learning rate rises from 0 to the highest."),
            .value(
                "schedule", \.rollouts.schedule, .choice,
                "How the learning rate goes on after the warm-up, in each round anew: cosine falls to 0, so that what is "
                    + "published has settled."),
            .value(
                "batch_size", \.rollouts.batchSize, .integer(1...65_536),
                "Experience of one update: pairs, or rollouts."),
            .value("epochs", \.rollouts.epochs, .integer(1...1000), "Passes over the experience of a round."),
            .value(
                "gradient_clip", \.rollouts.gradientClip, .number(above: 0, to: 1_000_000),
                "The largest norm of the gradient; a longer one is scaled down to it."),
            .value("weight_decay", \.rollouts.weightDecay, .number(0...10), "AdamW's decoupled decay."),
            .section("lora", \.rollouts.lora, "Low-rank adaptation, from fresh factors in each stage."),
        ]
    }

    /// What must not be more than something else, of pairs of a key and its value.
    func excess(_ bounds: [((key: String, value: Int), (key: String, value: Int))]) -> [Conflict] {
        bounds.filter { $0.0.value > $0.1.value }.map { lower, upper in
            Conflict(
                lower.key,
                message:
                    "must be at most \(upper.key); got \(lower.value) with \(upper.value). Lower it or raise the other."
            )
        }
    }
}
