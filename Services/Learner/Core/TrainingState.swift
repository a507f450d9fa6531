import Basics
import Foundation
import LanguageModel
import Recipe
import Wire

/// The weights in training and what a checkpoint keeps beside them.
struct TrainingState {
    var trainer: Trainer
    /// The recipe's stage that the optimiser belongs to; each stage starts a fresh one.
    let stage: Int
    /// The number of the newest checkpoint; 0 before the first.
    var checkpoint: UInt64
    /// The chained hash of all experience consumed.
    var chain: ExperienceChain
    /// Updates of the weights in the whole run.
    var updates: UInt64

    /// Starts a stage from a policy.
    init(stage: Int, policy: Model, settings: AdamW, after newest: CheckpointOutput?, threadCount: Int) {
        trainer = Trainer(model: policy, settings: settings, threadCount: threadCount)
        self.stage = stage
        checkpoint = newest?.number ?? 0
        chain = newest?.chain.map { ExperienceChain(head: $0) } ?? ExperienceChain()
        updates = newest?.updates ?? 0
    }

    /// Goes on from the checkpoint that the ledger names; nil if it belongs to another stage.
    init?(restoring newest: CheckpointOutput, file: URL, stage: Int, settings: AdamW, threadCount: Int) throws {
        let restored = try Trainer.restore(file.path, settings: settings, threadCount: threadCount)
        guard restored.metadata[Self.stageKey] == .integer(stage), let chain = newest.chain else { return nil }
        trainer = restored.trainer
        self.stage = stage
        checkpoint = newest.number
        self.chain = ExperienceChain(head: chain)
        updates = newest.updates
    }

    /// Writes the checkpoint's file.
    func write(_ file: URL) throws {
        try trainer.writeCheckpoint(file.path, metadata: [Self.stageKey: .integer(stage)])
    }

    private static let stageKey = "stage"
}

extension AdamW {
    /// The optimiser of a supervised stage.
    init(_ stage: SupervisedStage) {
        let updates = stage.epochs * ((stage.problems + stage.batchSize - 1) / stage.batchSize)
        self.init(
            schedule: LanguageModel.LearningRateSchedule(
                peak: Float(stage.learningRate), warmUpUpdates: stage.warmupUpdates,
                shape: stage.schedule == .cosine
                    ? .cosine(updateCount: updates, finalFraction: Float(stage.finalLearningRateFraction)) : .constant),
            weightDecay: Float(stage.weightDecay), gradientNormLimit: Float(stage.gradientClip))
    }

    /// The optimiser of a preference stage.
    init(_ stage: PreferenceStage) {
        self.init(
            schedule: LanguageModel.LearningRateSchedule(peak: Float(stage.learningRate)),
            weightDecay: Float(stage.weightDecay), gradientNormLimit: Float(stage.gradientClip))
    }
}
