/// A stage that learns the reference solutions of a fixed set of solved problems.
public struct SupervisedStage: Sendable, Equatable {
    /// The stage's name.
    public var name = "supervised"

    /// Size of the fixed set of solved problems.
    public var problems = 12_000

    /// Passes over the set.
    public var epochs = 8

    /// Sequences of one update.
    public var batchSize = 64

    /// The highest learning rate of the schedule.
    public var learningRate = 1e-3

    /// Updates in which the learning rate rises from 0.
    public var warmupUpdates = 50

    /// How the learning rate goes on after the warm-up.
    public var schedule = LearningRateSchedule.cosine

    /// The last learning rate of a cosine schedule, as a fraction of `learningRate`.
    public var finalLearningRateFraction = 0.0

    /// AdamW's decoupled decay.
    public var weightDecay = 0.1

    /// The largest norm of the gradient; a longer one is scaled down to it.
    public var gradientClip = 1.0

    /// Updates between two checkpoints.
    public var checkpointEveryUpdates = 100

    /// What is trained instead of all weights, if anything.
    public var lora = LoraSettings()

    /// The defaults.
    public init() {}
}

extension SupervisedStage: RecipeSection {
    static var keys: [Key<SupervisedStage>] {
        [
            .value("name", \.name, .name, "The stage's name, which no other stage may have."),
            .value("problems", \.problems, .integer(1...100_000_000), "Size of the fixed set of solved problems."),
            .value("epochs", \.epochs, .integer(1...10_000), "Passes over the set."),
            .value("batch_size", \.batchSize, .integer(1...65_536), "Sequences of one update."),
            .value("learning_rate", \.learningRate, .number(above: 0, to: 1), "The highest learning rate."),
            .value(
                "warmup_updates", \.warmupUpdates, .integer(0...10_000_000),
                "Updates in which the learning rate rises from 0 to the highest."),
            .value("schedule", \.schedule, .choice, "How the learning rate goes on after the warm-up."),
            .value(
                "final_learning_rate_fraction", \.finalLearningRateFraction, .number(0...1),
                "The last learning rate of a cosine schedule, as a fraction of the highest."),
            .value("weight_decay", \.weightDecay, .number(0...10), "AdamW's decoupled decay."),
            .value(
                "gradient_clip", \.gradientClip, .number(above: 0, to: 1_000_000),
                "The largest norm of the gradient; a longer one is scaled down to it."),
            .section("lora", \.lora, "Low-rank adaptation, from fresh factors in each stage."),
            .value(
                "checkpoint_every_updates", \.checkpointEveryUpdates, .integer(1...10_000_000),
                "Updates between two checkpoints; after a crash at most these are done again."),
        ]
    }
}
