import LanguageModel
import Objectives

/// One update's loss: per-step preference over the pairs of the batch, plus supervised learning over its weighted tokens.
struct BatchObjective {
    let preference: StepPreference?
    private let pairCount: Int
    private let tokenCount: Int
    private(set) var report = TrainingReport()

    /// - Throws: `LearnerError` if the batch has pairs, and the stage no objective for them.
    init(preference: StepPreference?, batch: [Example]) throws {
        self.preference = preference
        var pairs = 0
        var tokens = 0
        for example in batch {
            switch example.kind {
            case .pair: pairs += 1
            case .weighted(let sequence, _): tokens += sequence.targets.count
            }
        }
        (pairCount, tokenCount) = (pairs, tokens)
        guard pairs == 0 || preference != nil else {
            throw LearnerError("Pairs are trained on in preference stages only; \(pairs) came in another.")
        }
    }

    /// The weight of each target token of a pack, and what is reported of it.
    ///
    /// - Parameters:
    ///   - policy: the log-probabilities under the policy in training, one array a sequence, in the examples' order.
    ///   - reference: likewise under the reference policy.
    mutating func weights(_ pack: [Example], policy: [[Float]], reference: [[Float]]) -> [[Float]] {
        var weights: [[Float]] = []
        var next = 0
        for example in pack {
            switch example.kind {
            case .weighted(_, let weight):
                let supervised = Supervised().evaluate(policy: [policy[next]], tokenCount: max(1, tokenCount))
                weights += supervised.weights.map { $0.map { $0 * weight } }
                report.add(supervised.metrics)
                next += 1
            case .pair:
                let pair = PairLogProbabilities(
                    chosen: SequenceLogProbabilities(policy: policy[next], reference: reference[next]),
                    rejected: SequenceLogProbabilities(policy: policy[next + 1], reference: reference[next + 1]))
                // `init` saw that there is an objective if there are pairs.
                let evaluation = preference!.evaluate([pair], pairCount: pairCount)
                weights += [evaluation.weights[0].chosen, evaluation.weights[0].rejected]
                report.add(evaluation.metrics)
                next += 2
            }
        }
        return weights
    }
}

/// What training has shown, over some updates.
struct TrainingReport: Sendable {
    private(set) var supervised = SupervisedMetrics()
    private(set) var preference = StepPreferenceMetrics()

    mutating func add(_ metrics: SupervisedMetrics) { supervised = supervised + metrics }

    mutating func add(_ metrics: StepPreferenceMetrics) { preference = preference + metrics }

    mutating func add(_ report: TrainingReport) {
        supervised = supervised + report.supervised
        preference = preference + report.preference
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
        return figures
    }
}
