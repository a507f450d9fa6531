/// Unlearning on pairs: w_f forgetting of the rejected arms + w_r supervised learning of the chosen ones + w_b retention on these.
///
/// On pairs of first pits it forgets the steps that lost problems, with a bound that the rejected arm of DPO lacks, and replays what the
/// policy does right there; the chosen arms were sampled from the reference policy, as retention wants its texts.
///
/// - Source: arXiv 2406.12397 for the three terms; `Forgetting` and `Retention` have their formulas. Their use on pairs is ours.
public struct Unlearning: Sendable {
    /// w_f, w_r and w_b; 0 or more.
    public let forgettingWeight: Double, replayWeight: Double, retentionWeight: Double

    /// Makes the objective.
    ///
    /// - Throws: `ObjectivesError` if a weight is out of its range.
    public init(forgettingWeight: Double, replayWeight: Double, retentionWeight: Double) throws(ObjectivesError) {
        try ObjectivesError.check(weight: forgettingWeight, named: "forgetting weight")
        try ObjectivesError.check(weight: replayWeight, named: "replay weight")
        try ObjectivesError.check(weight: retentionWeight, named: "retention weight")
        self.forgettingWeight = forgettingWeight
        self.replayWeight = replayWeight
        self.retentionWeight = retentionWeight
    }

    /// Evaluates one pack.
    ///
    /// - Parameters:
    ///   - pairs: the pairs of this pack.
    ///   - chosenTokenCount: tokens of all chosen arms of the batch.
    ///   - rejectedTokenCount: tokens of all rejected ones.
    @_specialize(where Scalar == Float)
    public func evaluate<Scalar: BinaryFloatingPoint & Sendable>(
        _ pairs: [PairLogProbabilities<Scalar>], chosenTokenCount: Int, rejectedTokenCount: Int
    ) -> Evaluation<[PairWeights<Scalar>], StepPreferenceMetrics> {
        let chosen = pairs.map(\.chosen)
        let forgetting = Forgetting().evaluate(policy: pairs.map(\.rejected.policy), tokenCount: rejectedTokenCount)
        let replay = Supervised().evaluate(policy: chosen.map(\.policy), tokenCount: chosenTokenCount)
        let retention = Retention().evaluate(chosen, tokenCount: chosenTokenCount)
        var metrics = StepPreferenceMetrics()
        for pair in pairs { metrics.add(pair, margin: pair.chosen.logRatio - pair.rejected.logRatio) }
        let weights = pairs.indices.map { index in
            PairWeights(
                chosen: zip(replay.weights[index], retention.weights[index]).map {
                    Scalar(replayWeight) * $0 + Scalar(retentionWeight) * $1
                },
                rejected: forgetting.weights[index].map { Scalar(forgettingWeight) * $0 })
        }
        return Evaluation(
            loss: forgettingWeight * forgetting.loss + replayWeight * replay.loss + retentionWeight * retention.loss,
            weights: weights, metrics: metrics)
    }
}
