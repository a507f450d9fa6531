import LanguageModel
import Objectives
import Recipe

/// What a stage's training is done with.
struct Settings {
    let optimizer: AdamW
    /// The rates of a round of so many updates; nil where the optimiser's own schedule spans the stage.
    let scheduleOfRound: ((_ updates: Int) -> LanguageModel.LearningRateSchedule)?
    let preference: StepPreference?
    let batchSize: Int
    let epochs: Int
    let updatesPerCheckpoint: Int
    let lora: LoraSettings
    let recomputesActivations: Bool

    /// Each epoch of supervised learning is a round of its own.
    init(_ stage: SupervisedStage, recomputesActivations: Bool) {
        self.recomputesActivations = recomputesActivations
        lora = stage.lora
        optimizer = AdamW(stage)
        scheduleOfRound = nil
        preference = nil
        batchSize = stage.batchSize
        epochs = 1
        updatesPerCheckpoint = stage.checkpointEveryUpdates
    }

    /// A round of preference is one checkpoint.
    init(_ stage: PreferenceStage, recomputesActivations: Bool) throws {
        self.recomputesActivations = recomputesActivations
        lora = stage.lora
        optimizer = AdamW(stage)
        scheduleOfRound = { updates in
            LanguageModel.LearningRateSchedule(
                peak: Float(stage.learningRate), warmUpUpdates: stage.warmupUpdates,
                shape: stage.schedule == .cosine ? .cosine(updateCount: updates, finalFraction: 0) : .constant)
        }
        preference = try StepPreference(beta: stage.beta, chosenLikelihoodWeight: stage.chosenLikelihoodWeight)
        batchSize = stage.batchSize
        epochs = stage.epochs
        updatesPerCheckpoint = Int.max / stage.batchSize
    }

    /// What is trained instead of all weights; nil for those.
    var adapter: AdapterSettings? {
        get throws {
            guard lora.rank > 0 else { return nil }
            return try AdapterSettings(
                rank: lora.rank, alpha: Float(lora.alpha), targets: Set(lora.targets.map { AdapterTarget($0) }))
        }
    }
}

extension AdapterTarget {
    /// The matrix that a recipe names.
    init(_ target: LoraTarget) {
        self =
            switch target {
            case .query: .query
            case .key: .key
            case .value: .value
            case .attentionOutput: .attentionOutput
            case .gate: .gate
            case .up: .up
            case .down: .down
            }
    }
}
