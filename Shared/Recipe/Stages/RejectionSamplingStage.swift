/// A stage that learns the policy's own correct solutions, the distinct ones of each problem (RFT, arXiv 2308.01825).
public struct RejectionSamplingStage: RolloutStage {
    /// How problems are sampled, and how the weights are updated.
    public var rollouts = {
        var rollouts = RolloutSettings(name: "rejection-sampling")
        (rollouts.rounds, rollouts.problems, rollouts.rolloutsPerProblem) = (1, .taught, 16)
        (rollouts.learningRate, rollouts.schedule, rollouts.epochs, rollouts.weightDecay) = (1e-3, .cosine, 3, 0.1)
        return rollouts
    }()

    /// Distinct correct solutions of a problem that are learned, at most.
    public var solutionsPerProblem = 4

    /// When two solutions are distinct.
    public var distinct = DistinctSolutions.text

    /// The weights that training begins with.
    public var start = TrainingStart.base

    /// The defaults.
    public init() {}
}

/// When two correct solutions of a problem are distinct.
public enum DistinctSolutions: String, Sendable, CaseIterable {
    /// Their texts differ.
    case text
    /// Their lists of annotated equations differ (RFT).
    case equations
    /// Their edit distance is above a fifth of their length (Self-Explore).
    case editDistance = "edit-distance"
}

extension DistinctSolutions: RecipeChoice {}

/// The weights that a round's training begins with.
public enum TrainingStart: String, Sendable, CaseIterable {
    /// Those that the run began with.
    case base
    /// Those of the newest policy.
    case newest
}

extension TrainingStart: RecipeChoice {}

extension RejectionSamplingStage: RecipeSection {
    static var keys: [Key<RejectionSamplingStage>] { samplingKeys + solutionKeys + updateKeys }

    private static var solutionKeys: [Key<RejectionSamplingStage>] {
        [
            .value(
                "solutions_per_problem", \.solutionsPerProblem, .integer(1...4096),
                "Distinct correct solutions of a problem that are learned, at most."),
            .value(
                "distinct", \.distinct, .choice,
                "text keeps different texts; equations one solution of each list of annotations <<a=b>>, as RFT does, and only those "
                    + "whose annotations hold; edit-distance those that differ by more than a fifth of their length."),
            .value(
                "start", \.start, .choice,
                "Whether each round trains the weights that the run began with, as RFT does, or the newest policy's."),
        ]
    }

    var conflicts: [Conflict] {
        excess([(("solutions_per_problem", solutionsPerProblem), ("rollouts_per_problem", rollouts.rolloutsPerProblem))]
        )
    }
}
