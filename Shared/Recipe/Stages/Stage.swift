/// One stage of a run.
public enum Stage: Sendable, Equatable {
    /// Learn reference solutions.
    case supervised(SupervisedStage)
    /// Improve by per-step preference.
    case preference(PreferenceStage)
    /// Measure accuracy.
    case evaluate(EvaluateStage)

    /// The name that no other stage of the recipe has.
    public var name: String {
        switch self {
        case .supervised(let stage): stage.name
        case .preference(let stage): stage.name
        case .evaluate(let stage): stage.name
        }
    }

    /// The key of the stage in the file.
    var kind: String {
        switch self {
        case .supervised: "supervised"
        case .preference: "preference"
        case .evaluate: "evaluate"
        }
    }

    /// The longest solution in tokens; nil for a stage that samples none.
    var maximumTokens: Int? {
        switch self {
        case .supervised: nil
        case .preference(let stage): stage.maximumTokens
        case .evaluate(let stage): stage.maximumTokens
        }
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
                "preference", "Improve by per-step preference on fresh problems, in rounds.", make: Stage.preference,
                get: { if case .preference(let stage) = $0 { stage } else { nil } }),
            .choice(
                "evaluate", "Measure accuracy; nothing of it is ever trained on.", make: Stage.evaluate,
                get: { if case .evaluate(let stage) = $0 { stage } else { nil } }),
        ]
    }
}
