import LanguageModel
import Objectives
import Recipe

/// What a stage's training is done with.
struct Settings {
    let optimizer: AdamW
    /// The rates of a round of so many updates; nil where the optimiser's own schedule spans the stage.
    let scheduleOfRound: ((_ updates: Int) -> LanguageModel.LearningRateSchedule)?
    let objective: StageObjective
    /// What is done to the advantages of all rollouts of a round.
    let normalisation: BatchNormalisation
    /// Whether each round trains the weights that the run began with.
    let startsFromBase: Bool
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
        objective = .supervised
        normalisation = .none
        startsFromBase = false
        batchSize = stage.batchSize
        epochs = 1
        updatesPerCheckpoint = stage.checkpointEveryUpdates
    }

    /// A round on the policy's own rollouts is one checkpoint.
    private init(
        _ stage: RolloutSettings, _ objective: StageObjective, _ normalisation: BatchNormalisation = .none,
        startsFromBase: Bool = false, recomputesActivations: Bool
    ) {
        self.startsFromBase = startsFromBase
        self.recomputesActivations = recomputesActivations
        self.objective = objective
        self.normalisation = normalisation
        lora = stage.lora
        optimizer = AdamW(
            schedule: LanguageModel.LearningRateSchedule(peak: Float(stage.learningRate)),
            weightDecay: Float(stage.weightDecay), gradientNormLimit: Float(stage.gradientClip))
        scheduleOfRound = { updates in
            LanguageModel.LearningRateSchedule(
                peak: Float(stage.learningRate), warmUpUpdates: stage.warmupUpdates,
                shape: stage.schedule == .cosine ? .cosine(updateCount: updates, finalFraction: 0) : .constant)
        }
        batchSize = stage.batchSize
        epochs = stage.epochs
        updatesPerCheckpoint = Int.max / stage.batchSize
    }

    init(_ stage: PreferenceStage, recomputesActivations: Bool) throws {
        let objective: StageObjective =
            switch stage.loss {
            case .dpo:
                .preference(
                    try StepPreference(
                        beta: stage.beta, chosenLikelihoodWeight: stage.chosenLikelihoodWeight,
                        chosenPenalty: stage.chosenPenalty))
            case .unlearning:
                .unlearning(
                    try Unlearning(
                        forgettingWeight: stage.forgettingWeight, replayWeight: stage.replayWeight,
                        retentionWeight: stage.retentionWeight))
            }
        self.init(stage.rollouts, objective, recomputesActivations: recomputesActivations)
    }

    init(_ stage: RejectionSamplingStage, recomputesActivations: Bool) {
        self.init(
            stage.rollouts, .supervised, startsFromBase: stage.start == .base,
            recomputesActivations: recomputesActivations)
    }

    init(_ stage: ReinforcementStage, recomputesActivations: Bool) throws {
        self.init(
            stage.rollouts, try StageObjective(stage), BatchNormalisation(stage.method),
            recomputesActivations: recomputesActivations)
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
