/// What the stages have in common that improve a policy on its own rollouts, round after round: how fresh problems are
/// sampled, and how the weights are updated.
public protocol RolloutStage: Sendable, Equatable {
    /// The stage's name.
    var name: String { get set }
    /// Times that fresh problems are sampled and trained on.
    var rounds: Int { get set }
    /// Fresh problems of one round.
    var problemsPerRound: Int { get set }
    /// Rollouts of each problem.
    var rolloutsPerProblem: Int { get set }
    /// Divides the logits before a token is drawn.
    var temperature: Double { get set }
    /// Least total probability of the tokens that are drawn from; 1 is all.
    var topP: Double { get set }
    /// Number of most likely tokens that are drawn from; 0 is all.
    var topK: Int { get set }
    /// The longest solution in tokens.
    var maximumTokens: Int { get set }
    /// How answers are found.
    var answers: AnswerRule { get set }
    /// Whether problems that are always or never solved are drawn less often.
    var curriculum: Bool { get set }

    /// The highest learning rate.
    var learningRate: Double { get set }
    /// Updates of each round in which the learning rate rises from 0.
    var warmupUpdates: Int { get set }
    /// How the learning rate goes on after the warm-up, in each round anew.
    var schedule: LearningRateSchedule { get set }
    /// Experience of one update.
    var batchSize: Int { get set }
    /// Passes over the experience of a round.
    var epochs: Int { get set }
    /// The largest norm of the gradient; a longer one is scaled down to it.
    var gradientClip: Double { get set }
    /// AdamW's decoupled decay.
    var weightDecay: Double { get set }
    /// What is trained instead of all weights, if anything.
    var lora: LoraSettings { get set }
}

extension RolloutStage {
    static var samplingKeys: [Key<Self>] {
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

    static var updateKeys: [Key<Self>] {
        [
            .value("learning_rate", \.learningRate, .number(above: 0, to: 1), "The highest learning rate."),
            .value(
                "warmup_updates", \.warmupUpdates, .integer(0...10_000_000),
                "Updates of each round in which the learning rate rises from 0 to the highest."),
            .value(
                "schedule", \.schedule, .choice,
                "How the learning rate goes on after the warm-up, in each round anew: cosine falls to 0, so that what is "
                    + "published has settled."),
            .value("batch_size", \.batchSize, .integer(1...65_536), "Experience of one update: pairs, or rollouts."),
            .value("epochs", \.epochs, .integer(1...1000), "Passes over the experience of a round."),
            .value(
                "gradient_clip", \.gradientClip, .number(above: 0, to: 1_000_000),
                "The largest norm of the gradient; a longer one is scaled down to it."),
            .value("weight_decay", \.weightDecay, .number(0...10), "AdamW's decoupled decay."),
            .section("lora", \.lora, "Low-rank adaptation, from fresh factors in each stage."),
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
