import Objectives
import Testing

@Suite struct `Advantage-weighted objective` {
    @Test func `a step of no advantage weighs as in supervised learning`() throws {
        let policy = [[-1.0, -2], [-0.5]]
        let objective = try AdvantageWeighted(beta: 0.3)
        let evaluation = objective.evaluate(policy: policy, advantages: [[0, 0], [0]], tokenCount: 3)
        let supervised = Supervised().evaluate(policy: policy, tokenCount: 3)
        #expect(evaluation.weights == supervised.weights)
        #expect(abs(evaluation.loss - supervised.loss) < 1e-15)
        #expect(evaluation.metrics == supervised.metrics)
    }

    @Test func `the weight is the exponential of the advantage over beta, up to the cap`() throws {
        let objective = try AdvantageWeighted(beta: 0.5, maximumWeight: 3)
        let evaluation = objective.evaluate(
            policy: [[-1.0, -1, -1, -1]], advantages: [[-1, 0.5, 0.6, 1]], tokenCount: 2 * 4)
        // e^-2 and e^1; e^1.2 = 3.32 and e^2 are above the cap.
        let expected = [0.1353352832366127, 2.718281828459045, 3, 3].map { -$0 / 8 }
        #expect(largestDifference(evaluation.weights[0], expected) < 1e-15)
    }

    @Test func `the weights are the derivatives of the loss`() throws {
        let objective = try AdvantageWeighted(beta: 0.4)
        let advantages = [[-0.7, 1.0], [0.2]]
        func evaluation(_ tokens: [Double]) -> Evaluation<[[Double]], SupervisedMetrics> {
            objective.evaluate(
                policy: [Array(tokens[..<2]), Array(tokens[2...])], advantages: advantages, tokenCount: 5)
        }
        let point = [-0.3, -2.1, -0.7]
        let expected = finiteDifferences(at: point) { evaluation($0).loss }
        #expect(largestDifference(evaluation(point).weights.flatMap { $0 }, expected) < 1e-8)
    }

    @Test(arguments: [(0.0, 20.0), (-1, 20), (.infinity, 20), (.nan, 20), (1, 0), (1, .nan)])
    func `coefficients out of range are refused`(beta: Double, maximumWeight: Double) {
        let error = #expect(throws: ObjectivesError.self) {
            try AdvantageWeighted(beta: beta, maximumWeight: maximumWeight)
        }
        #expect(error?.code == .coefficientOutOfRange)
    }
}
