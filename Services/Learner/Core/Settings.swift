import LanguageModel
import Objectives
import Recipe

/// What a stage's training is done with.
struct Settings {
    let optimizer: AdamW
    let preference: StepPreference?
    let batchSize: Int
    let epochs: Int
    let updatesPerCheckpoint: Int

    /// Each epoch of supervised learning is a round of its own.
    init(_ stage: SupervisedStage) {
        optimizer = AdamW(stage)
        preference = nil
        batchSize = stage.batchSize
        epochs = 1
        updatesPerCheckpoint = stage.checkpointEveryUpdates
    }

    /// A round of preference is one checkpoint.
    init(_ stage: PreferenceStage) throws {
        optimizer = AdamW(stage)
        preference = try StepPreference(beta: stage.beta, chosenLikelihoodWeight: stage.chosenLikelihoodWeight)
        batchSize = stage.batchSize
        epochs = stage.epochs
        updatesPerCheckpoint = Int.max / stage.batchSize
    }
}
