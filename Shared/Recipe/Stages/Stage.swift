/// One stage of a run.
public enum Stage: Sendable, Equatable {
    /// Learn reference solutions.
    case supervised(SupervisedStage)
    /// Learn the policy's own correct solutions.
    case rejectionSampling(RejectionSamplingStage)
    /// Improve by preference.
    case preference(PreferenceStage)
    /// Improve by advantages.
    case reinforcement(ReinforcementStage)
    /// Measure accuracy.
    case evaluate(EvaluateStage)

    /// The name that no other stage of the recipe has.
    public var name: String {
        switch self {
        case .supervised(let stage): stage.name
        case .rejectionSampling(let stage): stage.name
        case .preference(let stage): stage.name
        case .reinforcement(let stage): stage.name
        case .evaluate(let stage): stage.name
        }
    }

    /// The key of the stage in the file.
    var kind: String {
        switch self {
        case .supervised: "supervised"
        case .rejectionSampling: "rejection_sampling"
        case .preference: "preference"
        case .reinforcement: "reinforcement"
        case .evaluate: "evaluate"
        }
    }

    /// How the stage samples problems and trains on the policy's own rollouts; nil if it does not.
    public var rollouts: RolloutSettings? {
        switch self {
        case .rejectionSampling(let stage): stage.rollouts
        case .preference(let stage): stage.rollouts
        case .reinforcement(let stage): stage.rollouts
        case .supervised, .evaluate: nil
        }
    }

    /// The longest solution in tokens; nil for a stage that samples none.
    var maximumTokens: Int? {
        if case .evaluate(let stage) = self { stage.maximumTokens } else { rollouts?.maximumTokens }
    }
}

extension Stage: RecipeSection {
    // Stands only until the element's key is read.
    init() { self = .evaluate(EvaluateStage()) }

    static var choosesOneKey: Bool { true }

    static var keys: [Key<Stage>] {
        [
            .choice(
                "supervised", "Learn the reference solutions of a fixed set of solved problems.",
                make: Stage.supervised,
                get: { if case .supervised(let stage) = $0 { stage } else { nil } }),
            .choice(
                "rejection_sampling", "Learn the policy's own correct solutions.", make: Stage.rejectionSampling,
                get: { if case .rejectionSampling(let stage) = $0 { stage } else { nil } }),
            .choice(
                "preference", "Improve by preference between the policy's own rollouts, in rounds.",
                make: Stage.preference,
                get: { if case .preference(let stage) = $0 { stage } else { nil } }),
            .choice(
                "reinforcement", "Improve by advantages of the policy's own rollouts, in rounds.",
                make: Stage.reinforcement,
                get: { if case .reinforcement(let stage) = $0 { stage } else { nil } }),
            .choice(
                "evaluate", "Measure accuracy; nothing of it is ever trained on.", make: Stage.evaluate,
                get: { if case .evaluate(let stage) = $0 { stage } else { nil } }),
        ]
    }
}
