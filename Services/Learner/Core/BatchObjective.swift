import LanguageModel
import Objectives

/// What a stage trains by, besides supervised learning, which goes with all of them.
enum StageObjective: Sendable {
    case supervised
    case preference(StepPreference)
    case unlearning(Unlearning)
    case policyGradient(PolicyGradient)
    case weighted(AdvantageWeighted)

    /// Whether it needs the log-probabilities of the policy that the round began with.
    var needsReference: Bool {
        switch self {
        case .supervised, .weighted: false
        case .preference, .unlearning: true
        case .policyGradient(let objective): objective.divergenceWeight > 0 || objective.correction.needsProximal
        }
    }
}

/// One update's loss: the stage's objective over the examples that it is for, plus supervised learning over the weighted tokens.
struct BatchObjective {
    private let objective: StageObjective
    private var pairCount = 0
    private var chosenTokenCount = 0
    private var rejectedTokenCount = 0
    private var weightedTokenCount = 0
    private let divisor: Double
    private let batchSize: BatchSize
    private(set) var report = TrainingReport()

    /// - Throws: `LearnerError` if the batch has examples that the stage has no objective for.
    init(_ objective: StageObjective, batch: [Example]) throws {
        self.objective = objective
        var advantages: [[Double]] = []
        for example in batch {
            switch (example.kind, objective) {
            case (.weighted(let sequence, _), _): weightedTokenCount += sequence.targets.count
            case (.pair(let chosen, let rejected), .preference), (.pair(let chosen, let rejected), .unlearning):
                pairCount += 1
                chosenTokenCount += chosen.targets.count
                rejectedTokenCount += rejected.targets.count
            case (.rollout(let tokens), .policyGradient), (.rollout(let tokens), .weighted):
                advantages.append(tokens.advantages)
            case (.pair, _):
                throw LearnerError("Pairs are trained on in preference stages only; \(example.id) came in another.")
            case (.rollout, _):
                throw LearnerError(
                    "Rollouts with advantages are trained on in reinforcement stages only; \(example.id) came in another."
                )
            }
        }
        batchSize = BatchSize(
            sequences: max(1, advantages.count), tokens: max(1, advantages.reduce(0) { $0 + $1.count }))
        divisor =
            if case .weighted(let objective) = objective {
                objective.divisor(ofAdvantages: advantages)
            } else { 1 }
    }

    /// The weight of each target token of a pack, and what is reported of it.
    ///
    /// - Parameters:
    ///   - policy: the log-probabilities under the policy in training, one array a sequence, in the examples' order.
    ///   - reference: likewise under the reference policy; empty if the objective needs none.
    mutating func weights(_ pack: [Example], policy: [[Float]], reference: [[Float]]) -> [[Float]] {
        var weights: [[Float]] = []
        var next = 0
        for example in pack {
            switch example.kind {
            case .weighted(_, let weight):
                let supervised = Supervised().evaluate(policy: [policy[next]], tokenCount: max(1, weightedTokenCount))
                weights += supervised.weights.map { $0.map { $0 * weight } }
                report.add(supervised.metrics)
                next += 1
            case .pair:
                let pair = PairLogProbabilities(
                    chosen: SequenceLogProbabilities(policy: policy[next], reference: reference[next]),
                    rejected: SequenceLogProbabilities(policy: policy[next + 1], reference: reference[next + 1]))
                weights += self.weights(pair)
                next += 2
            case .rollout(let tokens):
                weights.append(
                    self.weights(tokens, policy: policy[next], reference: reference.isEmpty ? nil : reference[next]))
                next += 1
            }
        }
        return weights
    }

    private mutating func weights(_ pair: PairLogProbabilities<Float>) -> [[Float]] {
        let evaluation =
            switch objective {
            case .preference(let objective): objective.evaluate([pair], pairCount: pairCount)
            case .unlearning(let objective):
                objective.evaluate(
                    [pair], chosenTokenCount: chosenTokenCount, rejectedTokenCount: rejectedTokenCount)
            case .supervised, .policyGradient, .weighted: preconditionFailure("init refuses other pairs")
            }
        report.add(evaluation.metrics)
        return [evaluation.weights[0].chosen, evaluation.weights[0].rejected]
    }

    private mutating func weights(
        _ tokens: Example.SampledTokens, policy: [Float], reference: [Float]?
    ) -> [Float] {
        switch objective {
        case .weighted(let objective):
            let evaluation = objective.evaluate(policy: [policy], advantages: [tokens.advantages], divisor: divisor)
            report.add(evaluation.metrics)
            return evaluation.weights[0]
        case .policyGradient(let objective):
            let evaluation = objective.evaluate(
                [
                    SampledLogProbabilities(
                        policy: policy, behaviour: tokens.behaviour,
                        proximal: objective.correction.needsProximal ? reference : nil,
                        reference: objective.divergenceWeight > 0 ? reference : nil, advantages: tokens.advantages)
                ], of: batchSize)
            report.add(evaluation.metrics)
            return evaluation.weights[0]
        case .supervised, .preference, .unlearning: preconditionFailure("init refuses other rollouts")
        }
    }
}

/// What training has shown, over some updates.
struct TrainingReport: Sendable {
    private(set) var supervised = SupervisedMetrics()
    private(set) var preference = StepPreferenceMetrics()
    private(set) var policyGradient = PolicyGradientMetrics()

    mutating func add(_ metrics: SupervisedMetrics) { supervised = supervised + metrics }

    mutating func add(_ metrics: StepPreferenceMetrics) { preference = preference + metrics }

    mutating func add(_ metrics: PolicyGradientMetrics) { policyGradient = policyGradient + metrics }

    mutating func add(_ report: TrainingReport) {
        supervised = supervised + report.supervised
        preference = preference + report.preference
        policyGradient = policyGradient + report.policyGradient
    }

    /// The figures by name.
    var figures: [String: Double] {
        var figures: [String: Double] = [:]
        if let mean = supervised.meanLogProbability { figures["token_loss"] = -mean }
        figures["pair_accuracy"] = preference.accuracy
        figures["margin"] = preference.meanMargin
        figures["chosen_log_probability"] = preference.meanChosenLogProbability
        figures["rejected_log_probability"] = preference.meanRejectedLogProbability
        figures["kl_chosen"] = preference.chosen.meanDivergence
        figures["kl_rejected"] = preference.rejected.meanDivergence
        figures["mean_advantage"] = policyGradient.meanAdvantage
        figures["clipped"] = policyGradient.clippedShare
        figures["masked"] = policyGradient.maskedShare
        figures["kl_sampled"] = policyGradient.meanMove
        figures["kl_round"] = policyGradient.divergenceSum > 0 ? policyGradient.meanDivergence : nil
        return figures
    }
}
