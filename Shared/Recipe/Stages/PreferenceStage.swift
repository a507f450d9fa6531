/// A stage that makes pairs of what was sampled on fresh problems and trains on them, round after round.
public struct PreferenceStage: RolloutStage {
    /// The stage's name.
    public var name = "preference"

    /// Times that fresh problems are sampled and trained on.
    public var rounds = 3

    /// Fresh problems of one round.
    public var problemsPerRound = 4096

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

    /// Incorrect rollouts of a problem whose first pit is searched.
    public var negativesPerProblem = 2

    /// Continuations of one prefix, K.
    public var continuationsPerPrefix = 5

    /// Continuations requested at a time; the search of a prefix stops at the first success.
    public var wave = 5

    /// What pairs are made of.
    public var pairs = PairSource.firstPit

    /// What is set against the pit step.
    public var layout = PairLayout.nextStep

    /// How first pits are found.
    public var values = ValueSource.monteCarlo

    /// Strength β of the pull to the reference policy.
    public var beta = 0.5

    /// The highest learning rate.
    public var learningRate = 1e-5

    /// Updates of each round in which the learning rate rises from 0.
    public var warmupUpdates = 0

    /// How the learning rate goes on after the warm-up, in each round anew.
    public var schedule = LearningRateSchedule.constant

    /// Pairs of one update.
    public var batchSize = 64

    /// Passes over the pairs of a round.
    public var epochs = 1

    /// The largest norm of the gradient; a longer one is scaled down to it.
    public var gradientClip = 1.0

    /// AdamW's decoupled decay.
    public var weightDecay = 0.0

    /// Weight of the chosen continuation's own negative log-likelihood.
    public var chosenLikelihoodWeight = 0.0

    /// Weight of the penalty for a chosen continuation that has become less likely.
    public var chosenPenalty = 0.0

    /// Correct rollouts of each problem that are learned besides the pairs.
    public var positivesPerProblem = 0

    /// Weight of the negative log-likelihood of those.
    public var positivesWeight = 1.0

    /// What is trained instead of all weights, if anything.
    public var lora = LoraSettings()

    /// The defaults.
    public init() {}
}
