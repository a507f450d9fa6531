import Basics
import Foundation
import Objectives
import Testing
import Tokenization

@testable import LanguageModel

/// Each objective's loss as a function of a tiny model's parameters: the gradient that the trainer accumulates is the
/// change of the loss when the parameters are moved.
@Suite struct `Objectives through a model` {
    /// An objective on four sequences, of which each two are a pair.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// The loss and its weights, of log-probabilities under the policy and under the policies before it, which do not
        /// move.
        let evaluate: @Sendable (_ policy: [[Float]], _ others: [[Float]]) throws -> (loss: Double, weights: [[Float]])
    }

    private static let seed: UInt64 = 11
    private static let shape = try? ModelShape(
        vocabularySize: 257, contextLength: 64, width: 32, layerCount: 2, headCount: 4, keyValueHeadCount: 2,
        feedForwardWidth: 48, tiesEmbeddings: true)

    private static let batch: PackedBatch = {
        var generator = SeededGenerator(seed: seed, name: "batch")
        return PackedBatch(
            [9, 7, 12, 8].map { count in
                let tokens = (0..<(5 + count)).map { _ in Token.random(in: 0..<256, using: &generator) }
                return TokenSequence(prompt: Array(tokens[..<5]), continuation: Array(tokens[5...]))
            })
    }()
    private static let tokenCount = batch.targetCount

    /// Both signs in each sequence.
    private static let advantages: [[Double]] = batch.sequences.map { sequence in
        sequence.targets.indices.map { [1, -0.5, 0.75, -1, 0.25][$0 % 5] }
    }

    /// Log-ratios of a policy to the ones before it, as far from every bound of a clip range as differences need: within
    /// it, and beyond both ends.
    private static let logRatios: [[Float]] = zip([0.05, -0.1, 0.5, -0.5], batch.sequences).map { ratio, sequence in
        sequence.targets.indices.map { Float(ratio) + [0.02, -0.02, 0, 0.03, -0.03][$0 % 5] }
    }

    private static func pairs(_ policy: [[Float]], _ others: [[Float]]) -> [PairLogProbabilities<Float>] {
        [0, 2].map { first in
            PairLogProbabilities(
                chosen: SequenceLogProbabilities(policy: policy[first], reference: others[first]),
                rejected: SequenceLogProbabilities(policy: policy[first + 1], reference: others[first + 1]))
        }
    }

    private static func preference(
        _ name: String, likelihood: Double = 0, penalty: Double = 0
    ) -> Case {
        Case(testDescription: name) { policy, others in
            let objective = try StepPreference(
                beta: 0.3, chosenLikelihoodWeight: likelihood, chosenPenalty: penalty)
            let evaluation = objective.evaluate(pairs(policy, others), pairCount: 2)
            return (evaluation.loss, evaluation.weights.flatMap { [$0.chosen, $0.rejected] })
        }
    }

    private static func weighted(_ name: String, _ weighting: AdvantageWeighted.Weighting) -> Case {
        Case(testDescription: name) { policy, _ in
            let objective = try AdvantageWeighted(weighting)
            let evaluation = objective.evaluate(
                policy: policy, advantages: advantages, divisor: objective.divisor(ofAdvantages: advantages))
            return (evaluation.loss, evaluation.weights)
        }
    }

    /// The policy of `others` sampled; where a correction needs it, a policy between the two is what ratios are to.
    private static func policyGradient(
        _ name: String, _ surrogate: PolicyGradient.Surrogate, _ aggregation: PolicyGradient.Aggregation,
        divergenceWeight: Double = 0, correction: OffPolicyCorrection = .none
    ) -> Case {
        Case(testDescription: name) { policy, others in
            let objective = try PolicyGradient(
                surrogate, aggregation: aggregation, divergenceWeight: divergenceWeight, correction: correction)
            let rollouts = policy.indices.map { index in
                SampledLogProbabilities(
                    policy: policy[index],
                    behaviour: correction.needsProximal ? others[index].map { $0 - 0.2 } : others[index],
                    proximal: correction.needsProximal ? others[index] : nil,
                    reference: divergenceWeight > 0 ? others[index] : nil, advantages: advantages[index])
            }
            let evaluation = objective.evaluate(rollouts, of: BatchSize(sequences: 4, tokens: tokenCount))
            guard case .capped(let maximum) = surrogate else { return (evaluation.loss, evaluation.weights) }
            // Its ratio is a constant, so its loss is not what its gradient is of; this is, with the ratio as it was.
            var loss = 0.0
            for (sequence, tokens) in policy.enumerated() {
                for (token, logProbability) in tokens.enumerated() {
                    let ratio = min(exp(Double(logRatios[sequence][token])), maximum)
                    loss -= ratio * advantages[sequence][token] * Double(logProbability) / Double(tokenCount)
                }
            }
            return (loss, evaluation.weights)
        }
    }

    private static let range = ClipRange(lower: 0.2, upper: 0.28)

    static let cases = [
        Case(testDescription: "supervised") { policy, _ in
            let evaluation = Supervised().evaluate(policy: policy, tokenCount: tokenCount)
            return (evaluation.loss, evaluation.weights)
        },
        preference("DPO"), preference("DPO with the likelihood of the chosen", likelihood: 0.5),
        preference("DPO-Positive", penalty: 5),
        Case(testDescription: "unlearning") { policy, others in
            let objective = try Unlearning(forgettingWeight: 0.5, replayWeight: 2, retentionWeight: 0.25)
            let evaluation = objective.evaluate(
                pairs(policy, others), chosenTokenCount: policy[0].count + policy[2].count,
                rejectedTokenCount: policy[1].count + policy[3].count)
            return (evaluation.loss, evaluation.weights.flatMap { [$0.chosen, $0.rejected] })
        },
        weighted("AWR", .exponential(beta: 0.5, maximum: 5)), weighted("CRR", .indicator),
        policyGradient("REINFORCE, RLOO", .plain, .sequenceSums),
        policyGradient("PAV", .plain, .sequenceSums, divergenceWeight: 0.3),
        policyGradient("GRPO", .clipped(ClipRange(lower: 0.2, upper: 0.2)), .sequenceMeans, divergenceWeight: 0.3),
        policyGradient("Dr. GRPO", .clipped(ClipRange(lower: 0.2, upper: 0.2)), .constantLength(16)),
        policyGradient("DAPO, REINFORCE++, VinePPO", .clipped(range), .tokens),
        policyGradient("a dual clip", .clipped(ClipRange(lower: 0.2, upper: 0.2, dual: 1.4)), .tokens),
        policyGradient("GSPO", .sequenceClipped(range), .sequenceMeans),
        policyGradient("CISPO", .capped(maximum: 1.3), .tokens),
        policyGradient("truncated ratios", .plain, .tokens, correction: .truncated(.token, maximum: 1.1)),
        policyGradient("masked ratios", .plain, .tokens, correction: .masked(.sequence, minimum: 0, maximum: 5)),
        policyGradient("decoupled PPO", .clipped(range), .tokens, correction: .truncated(.sequence, maximum: 20)),
        policyGradient("a sequence mask", .plain, .tokens, correction: .sequenceMask(bound: 0.3)),
    ]

    /// A model of the seed, whose parameters are moved by so many times a direction.
    private static func model(moved step: Float = 0, along direction: [Float] = []) throws -> Model {
        let model = try Model.random(shape: try #require(shape), seed: seed)
        for tensor in ParameterLayout(model.shape).tensors where !tensor.isGain {
            // Large enough for every part to matter.
            for index in tensor.range { model.parameters.start[index] *= 8 }
        }
        for (index, part) in direction.enumerated() { model.parameters.start[index] += step * part }
        return model
    }

    private static func gradient(of weights: [[Float]], _ model: Model) throws -> [Float] {
        let trainer = Trainer(
            model: model, settings: AdamW(schedule: LearningRateSchedule(peak: 1e-3)), threadCount: 1)
        try trainer.accumulate(batch) { _ in weights }
        return trainer.accumulatedGradients
    }

    private static func product(_ left: [Float], _ right: [Float]) -> Double {
        zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }

    /// The trainer computes in single precision, so a difference of the loss is known to some thousandths.
    @Test(arguments: cases)
    func `have the gradient of their loss`(objective: Case) throws {
        let model = try Self.model()
        let first = try Scorer(model: model, threadCount: 1).logProbabilities(of: Self.batch)
        let others = zip(first, Self.logRatios).map { zip($0, $1).map { $0 - $1 } }
        let gradient = try Self.gradient(of: objective.evaluate(first, others).weights, model)
        try #require(Self.product(gradient, gradient) > 1e-4, "the loss hardly depends on the parameters")
        var generator = SeededGenerator(seed: Self.seed, name: "directions")
        // Two halves of the gradient, drawn by chance, and one direction that does not depend on it, so that a part that it
        // lacks shows.
        var directions = (0..<2).map { _ in gradient.map { Bool.random(using: &generator) ? $0 : 0 } }
        directions.append(
            try Self.gradient(
                of: first.map { $0.map { _ in 2 * generator.nextUnitFloat() - 1 } }, model))
        for direction in directions {
            let slope = Self.product(gradient, direction)
            let steepest = (Self.product(gradient, gradient) * Self.product(direction, direction)).squareRoot()
            let step = Float(1e-3 / steepest)
            let losses = try [step, -step].map { step in
                let moved = try Self.model(moved: step, along: direction)
                let policy = try Scorer(model: moved, threadCount: 1).logProbabilities(of: Self.batch)
                return try objective.evaluate(policy, others).loss
            }
            let difference = (losses[0] - losses[1]) / (2 * Double(step))
            #expect(
                abs(difference - slope) < 1e-2 * steepest, "\(difference) where \(slope) is expected; seed \(Self.seed)"
            )
        }
    }
}
