/// How a stage on a policy's own rollouts samples problems, and how it updates the weights.
public struct RolloutSettings: Sendable, Equatable {
    /// The stage's name.
    public var name: String

    /// Times that problems are sampled and trained on.
    public var rounds = 3

    /// Problems of one round.
    public var problemsPerRound = 4096

    /// Which problems these are.
    public var problems = RoundProblems.fresh

    /// Rollouts of each problem.
    public var rolloutsPerProblem = 8

    /// Divides the logits before a token is drawn.
    public var temperature = 1.0

    /// Least total probability of the tokens that are drawn from; 1 is all.
    public var topP = 1.0

    /// Number of most likely tokens that are drawn from; 0 is all.
    public var topK = 0

    /// The longest solution in tokens.
    public var maximumTokens = 160

    /// How answers are found.
    public var answers = AnswerRule.strict

    /// Whether problems that are always or never solved are drawn less often.
    public var curriculum = false

    /// The highest learning rate.
    public var learningRate = 1e-5

    /// Updates of each round in which the learning rate rises from 0.
    public var warmupUpdates = 0

    /// How the learning rate goes on after the warm-up, in each round anew.
    public var schedule = LearningRateSchedule.constant

    /// Experience of one update.
    public var batchSize = 64

    /// Passes over the experience of a round.
    public var epochs = 1

    /// The largest norm of the gradient; a longer one is scaled down to it.
    public var gradientClip = 1.0

    /// AdamW's decoupled decay.
    public var weightDecay = 0.0

    /// What is trained instead of all weights, if anything.
    public var lora = LoraSettings()

    /// The defaults of a stage with this name.
    init(name: String) { self.name = name }
}

/// Which problems a round samples.
public enum RoundProblems: String, Sendable, CaseIterable {
    /// Ones that no other stage or round has.
    case fresh
    /// Those that supervised stages teach, from the first on, in every round; without such a stage those that the run taught
    /// which the model comes from.
    case taught
}

extension RoundProblems: RecipeChoice {}
