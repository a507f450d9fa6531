import Foundation
import Objectives
import Testing

@Suite struct `Correction of rollouts of an older policy` {
    /// log 1, log 2 and log 1/4 from the policy that sampled to the one before the training.
    private let rollout = SampledLogProbabilities(
        policy: [-1.0, -1, -1], behaviour: [-1, -1 - log(2), -1 + log(4)], proximal: [-1, -1, -1],
        advantages: [1, 1, 1])

    private func weights(_ correction: OffPolicyCorrection) throws -> [Double] {
        let objective = try PolicyGradient(.plain, aggregation: .tokens, correction: correction)
        return objective.evaluate([rollout], of: BatchSize(sequences: 1, tokens: 3)).weights[0].map { -3 * $0 }
    }

    @Test func `is the ratio of each token, cut off, or 0 outside its range`() throws {
        #expect(largestDifference(try weights(.none), [1, 1, 1]) < 1e-15)
        #expect(largestDifference(try weights(.truncated(.token, maximum: 1.5)), [1, 1.5, 0.25]) < 1e-15)
        #expect(largestDifference(try weights(.masked(.token, minimum: 0.5, maximum: 2.1)), [1, 2, 0]) < 1e-15)
    }

    @Test func `is the product over a sequence's tokens`() throws {
        #expect(largestDifference(try weights(.truncated(.sequence, maximum: 1.5)), [0.5, 0.5, 0.5]) < 1e-15)
        #expect(try weights(.masked(.sequence, minimum: 0.6, maximum: 2)) == [0, 0, 0])
    }

    @Test func `takes out what has become unlikely, of negative advantage alone`() throws {
        func shares(_ advantage: Double, drop: Double) throws -> [Double] {
            let rollout = SampledLogProbabilities(
                policy: [-1 - 2 * drop, -1], behaviour: [-1, -1], advantages: [advantage, advantage])
            let objective = try PolicyGradient(.plain, aggregation: .tokens, correction: .sequenceMask(bound: 0.5))
            let evaluation = objective.evaluate([rollout], of: BatchSize(sequences: 1, tokens: 2))
            #expect(evaluation.metrics.maskedShare == (evaluation.weights[0] == [0, 0] ? 1 : 0))
            return evaluation.weights[0]
        }
        #expect(try shares(-1, drop: 0.6) == [0, 0])
        #expect(try shares(-1, drop: 0.4) == [0.5, 0.5])
        #expect(try shares(1, drop: 0.6) == [-0.5, -0.5])
    }

    @Test(arguments: [
        OffPolicyCorrection.truncated(.token, maximum: 0), .truncated(.sequence, maximum: .infinity),
        .masked(.token, minimum: -1, maximum: 2), .masked(.token, minimum: 2, maximum: 2),
        .masked(.token, minimum: .nan, maximum: 2), .sequenceMask(bound: 0),
    ])
    func `with bounds out of range is refused`(correction: OffPolicyCorrection) {
        let error = #expect(throws: ObjectivesError.self) {
            try PolicyGradient(.plain, aggregation: .tokens, correction: correction)
        }
        #expect(error?.code == .coefficientOutOfRange)
    }
}
