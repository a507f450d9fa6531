import Objectives
import Testing

@Suite struct `Advantage-weighted objective` {
    @Test func `a step of no advantage weighs as in supervised learning`() throws {
        let policy = [[-1.0, -2], [-0.5]]
        let objective = try AdvantageWeighted(beta: 0.3)
        let evaluation = objective.evaluate(policy: policy, advantages: [[0, 0], [0]], divisor: 3)
        let supervised = Supervised().evaluate(policy: policy, tokenCount: 3)
        #expect(evaluation.weights == supervised.weights)
        #expect(abs(evaluation.loss - supervised.loss) < 1e-15)
        #expect(evaluation.metrics == supervised.metrics)
    }

    @Test func `the weight is the exponential of the advantage over beta, up to the cap`() throws {
        let objective = try AdvantageWeighted(beta: 0.5, maximumWeight: 3)
        let evaluation = objective.evaluate(
            policy: [[-1.0, -1, -1, -1]], advantages: [[-1, 0.5, 0.6, 1]], divisor: 2 * 4)
        // e^-2 and e^1; e^1.2 = 3.32 and e^2 are above the cap.
        let expected = [0.1353352832366127, 2.718281828459045, 3, 3].map { -$0 / 8 }
        #expect(largestDifference(evaluation.weights[0], expected) < 1e-15)
    }

    @Test func `the weights are the derivatives of the loss`() throws {
        let objective = try AdvantageWeighted(beta: 0.4)
        let advantages = [[-0.7, 1.0], [0.2]]
        func evaluation(_ tokens: [Double]) -> Evaluation<[[Double]], SupervisedMetrics> {
            objective.evaluate(
                policy: [Array(tokens[..<2]), Array(tokens[2...])], advantages: advantages, divisor: 5)
        }
        let point = [-0.3, -2.1, -0.7]
        let expected = finiteDifferences(at: point) { evaluation($0).loss }
        #expect(largestDifference(evaluation(point).weights.flatMap { $0 }, expected) < 1e-8)
    }

    @Test func `the indicator keeps the tokens of steps that help, and nothing of the others`() throws {
        let objective = try AdvantageWeighted(.indicator)
        let advantages = [[-0.5, 0, 1e-9], [1]]
        #expect(objective.divisor(ofAdvantages: advantages) == 4)
        let evaluation = objective.evaluate(policy: [[-1.0, -2, -3], [-4]], advantages: advantages, divisor: 4)
        #expect(evaluation.weights == [[0, 0, -0.25], [-0.25]])
        #expect(evaluation.loss == 7.0 / 4)
    }

    @Test func `self-normalised weights of a batch add up to 1, and packs to the batch`() throws {
        for weighting in [AdvantageWeighted.Weighting.exponential(beta: 0.2, maximum: .infinity), .indicator] {
            let objective = try AdvantageWeighted(weighting, isSelfNormalised: true)
            let advantages = [[-1.0, 0.3], [1, 0.7, 0]]
            let divisor = objective.divisor(ofAdvantages: advantages)
            let policy = [[-1.0, -2], [-0.5, -0.1, -3]]
            let whole = objective.evaluate(policy: policy, advantages: advantages, divisor: divisor)
            #expect(abs(whole.weights.joined().reduce(0, +) + 1) < 1e-12)
            let packs = (0..<2).map {
                objective.evaluate(policy: [policy[$0]], advantages: [advantages[$0]], divisor: divisor)
            }
            #expect(packs.flatMap(\.weights) == whole.weights)
            #expect(abs(packs[0].loss + packs[1].loss - whole.loss) < 1e-14)
        }
    }

    @Test func `a batch without a step that helps is divided by 1, and says nothing`() throws {
        let objective = try AdvantageWeighted(.indicator, isSelfNormalised: true)
        let divisor = objective.divisor(ofAdvantages: [[-1, 0]])
        #expect(divisor == 1)
        #expect(
            objective.evaluate(policy: [[-1.0, -2]], advantages: [[-1, 0]], divisor: divisor).weights == [[0, 0]])
    }

    @Test(arguments: [(0.0, 20.0), (-1, 20), (.infinity, 20), (.nan, 20), (1, 0), (1, .nan)])
    func `coefficients out of range are refused`(beta: Double, maximumWeight: Double) {
        let error = #expect(throws: ObjectivesError.self) {
            try AdvantageWeighted(beta: beta, maximumWeight: maximumWeight)
        }
        #expect(error?.code == .coefficientOutOfRange)
    }
}
