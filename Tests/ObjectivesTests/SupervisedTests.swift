import Objectives
import Testing

@Suite struct `Supervised objective` {
    @Test func `the loss is the mean negative log-probability over the tokens of the batch`() {
        // Three tokens in a batch of four: (1 + 2 + 3) / 4.
        let evaluation = Supervised().evaluate(policy: [[-1.0, -2.0], [], [-3.0]], tokenCount: 4)
        #expect(evaluation.loss == 1.5)
        #expect(evaluation.weights == [[-0.25, -0.25], [], [-0.25]])
        #expect(evaluation.metrics.meanLogProbability == -2)
    }

    @Test func `the weights are the derivatives of the loss`() {
        let point = [-0.3, -2.1, -0.01, -5]
        func evaluation(_ tokens: [Double]) -> Evaluation<[[Double]], SupervisedMetrics> {
            Supervised().evaluate(policy: [Array(tokens[..<1]), Array(tokens[1...])], tokenCount: 9)
        }
        let expected = finiteDifferences(at: point) { evaluation($0).loss }
        #expect(largestDifference(evaluation(point).weights.flatMap { $0 }, expected) < 1e-8)
    }

    @Test func `packs add up to the batch`() {
        let batch: [[Float]] = [[-1, -2, -0.5], [-3], [-0.25, -4]]
        let whole = Supervised().evaluate(policy: batch, tokenCount: 6)
        let first = Supervised().evaluate(policy: Array(batch[..<1]), tokenCount: 6)
        let second = Supervised().evaluate(policy: Array(batch[1...]), tokenCount: 6)
        #expect(abs(first.loss + second.loss - whole.loss) < 1e-15)
        #expect(first.weights + second.weights == whole.weights)
        #expect(first.metrics + second.metrics == whole.metrics)
    }

    @Test func `without tokens there is no mean`() {
        #expect(SupervisedMetrics().meanLogProbability == nil)
    }
}
