import Foundation
import Objectives
import Testing

@Suite struct `Forgetting and retention` {
    @Test func `forgetting is -log(1 - p), which ends at 0`() {
        let evaluation = Forgetting().evaluate(policy: [[log(0.5), log(0.9)], [-800]], tokenCount: 4)
        #expect(abs(evaluation.loss - (log(2) + log(10)) / 4) < 1e-12)
        #expect(largestDifference(evaluation.weights.flatMap { $0 }, [1.0 / 4, 9.0 / 4, 0]) < 1e-12)
        // A certain token has a large and finite loss.
        let certain = Forgetting().evaluate(policy: [[0.0]], tokenCount: 1)
        #expect(certain.loss > 13 && certain.loss.isFinite && certain.weights[0][0].isFinite)
    }

    @Test func `retention is r - 1 - log r, at least 0 and 0 for the original`() {
        let same = SequenceLogProbabilities(policy: [-1.0, -2], reference: [-1, -2])
        #expect(Retention().evaluate([same], tokenCount: 2).loss == 0)
        #expect(Retention().evaluate([same], tokenCount: 2).weights == [[0, 0]])
        let moved = SequenceLogProbabilities(policy: [-1.0, -3], reference: [-1.5, -2])
        let evaluation = Retention().evaluate([moved], tokenCount: 2)
        let (up, down): (Double, Double) = (exp(0.5), exp(-1))
        #expect(abs(evaluation.loss - (up - 1.5 + down) / 2) < 1e-12)
        #expect(largestDifference(evaluation.weights[0], [(up - 1) / 2, (down - 1) / 2]) < 1e-12)
    }

    @Test func `the weights are the derivatives of the losses`() {
        let point = [-0.3, -2.1, -0.7]
        let reference = [-0.5, -1.0, -0.9]
        func forgetting(_ tokens: [Double]) -> Evaluation<[[Double]], SupervisedMetrics> {
            Forgetting().evaluate(policy: [Array(tokens[..<2]), Array(tokens[2...])], tokenCount: 5)
        }
        func retention(_ tokens: [Double]) -> Evaluation<[[Double]], SupervisedMetrics> {
            Retention().evaluate([SequenceLogProbabilities(policy: tokens, reference: reference)], tokenCount: 5)
        }
        for evaluate in [forgetting, retention] {
            let expected = finiteDifferences(at: point) { evaluate($0).loss }
            #expect(largestDifference(evaluate(point).weights.flatMap { $0 }, expected) < 1e-8)
        }
    }

    @Test func `of pairs add up with their weights, and the token weights are the derivatives`() throws {
        let objective = try Unlearning(forgettingWeight: 0.3, replayWeight: 0.7, retentionWeight: 2)
        func evaluate(_ point: [Double]) -> Evaluation<[PairWeights<Double>], StepPreferenceMetrics> {
            objective.evaluate(
                [
                    PairLogProbabilities(
                        chosen: SequenceLogProbabilities(policy: Array(point[..<2]), reference: [-0.5, -1]),
                        rejected: SequenceLogProbabilities(policy: Array(point[2...]), reference: [-0.9]))
                ], chosenTokenCount: 4, rejectedTokenCount: 2)
        }
        let point = [-0.3, -2.1, -0.7]
        let (up, down): (Double, Double) = (exp(0.2), exp(-1.1))
        let expected = 0.3 * -log(1 - exp(-0.7)) / 2 + 0.7 * 2.4 / 4 + 2 * ((up - 1.2) + (down + 0.1)) / 4
        let found = evaluate(point)
        #expect(abs(found.loss - expected) < 1e-12)
        #expect(abs((found.metrics.meanMargin ?? 0) - (-0.9 - 0.2)) < 1e-12)
        let weights = found.weights[0].chosen + found.weights[0].rejected
        #expect(largestDifference(weights, finiteDifferences(at: point) { evaluate($0).loss }) < 1e-8)
        #expect(throws: ObjectivesError.self) {
            try Unlearning(forgettingWeight: -1, replayWeight: 0, retentionWeight: 0)
        }
    }

    @Test func `packs add up to the batch`() {
        let whole = Forgetting().evaluate(policy: [[-0.1, -1], [-2]], tokenCount: 3)
        let packs = [[[-0.1, -1]], [[-2.0]]].map { Forgetting().evaluate(policy: $0, tokenCount: 3) }
        #expect(abs(packs[0].loss + packs[1].loss - whole.loss) < 1e-15)
        #expect(packs.flatMap(\.weights) == whole.weights)
        #expect(packs[0].metrics + packs[1].metrics == whole.metrics)
    }
}
