/// What a preference pair sets against the step that lost the problem.
public enum PairLayout: String, Sendable, CaseIterable {
    /// Given the steps before the first pit: the first step of a correct continuation against the pit step.
    case nextStep = "next-step"
    /// Given the steps before the first pit: a whole correct completion against the pit step (Self-Explore).
    case completion
    /// Given the problem: a correct solution against the incorrect one up to and with the pit step
    /// (arXiv 2406.14532, algorithm 1).
    case paper1 = "paper-1"
}

extension PairLayout: RecipeChoice {}
