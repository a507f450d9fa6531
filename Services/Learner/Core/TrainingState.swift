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

    /// The policy that an adapter is trained on: the one that the stage began with.
    let base: ContentHash

    /// Starts a stage from a policy.
    ///
    /// - Parameter seed: what fresh factors of an adapter follow from.
    init(
        stage: Int, policy: Model, base: ContentHash, settings: Settings, seed: UInt64, after newest: CheckpointOutput?,
        precision: Precision, threadCount: Int
    ) throws {
        let adapter = try settings.adapter.map {
            var generator = SeededGenerator(seed: seed, name: "adapter of stage \(stage)")
            return Adapter($0, shape: policy.shape, seed: generator.next())
        }
        trainer = Trainer(
            model: policy, settings: settings.optimizer, adapter: adapter,
            recomputesActivations: settings.recomputesActivations, precision: precision, threadCount: threadCount)
        self.stage = stage
        self.base = base
        checkpoint = newest?.number ?? 0
        chain = newest?.chain.map { ExperienceChain(head: $0) } ?? ExperienceChain()
        updates = newest?.updates ?? 0
    }

    /// Goes on from the checkpoint that the ledger names; nil if it belongs to another stage.
    ///
    /// - Parameter policy: the policy that the checkpoint's `base` names; needed if an adapter was trained.
    init?(
        restoring newest: CheckpointOutput, _ restored: Checkpoint, base policy: Model?, stage: Int, settings: Settings,
        precision: Precision, threadCount: Int
    ) throws {
        guard Self.isSaved(in: restored, for: stage), let chain = newest.chain else { return nil }
        trainer = try restored.trainer(
            base: policy, settings: settings.optimizer, recomputesActivations: settings.recomputesActivations,
            precision: precision, threadCount: threadCount)
        self.stage = stage
        guard let base = restored.base else {
            throw LearnerError("A checkpoint names the policy that its stage began with; \(newest.number) does not.")
        }
        self.base = base
        checkpoint = newest.number
        self.chain = ExperienceChain(head: chain)
        updates = newest.updates
    }

    /// Whether the checkpoint is one of this stage: each stage starts afresh from the policy.
    static func isSaved(in checkpoint: Checkpoint, for stage: Int) -> Bool {
        checkpoint.metadata[stageKey] == .integer(stage)
    }

    /// Writes the checkpoint's file.
    func write(_ file: URL) throws {
        try trainer.writeCheckpoint(
            file.path, base: base, metadata: [Self.stageKey: .integer(stage)])
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
}
