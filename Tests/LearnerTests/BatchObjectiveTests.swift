import LanguageModel
import Objectives
import Testing
import Tokenization
import Wire

@testable import LearnerCore

@Suite struct `A batch's objective` {
    private static let prompt: [UInt32] = [1, 2]

    private func weighted(_ tokens: [UInt32], weight: Float = 1) throws -> Example {
        try example(
            Experience(kind: .weightedTokens, contextTokens: Self.prompt, chosenTokens: tokens, weight: weight))
    }

    private func pair(_ chosen: [UInt32], _ rejected: [UInt32]) throws -> Example {
        try example(
            Experience(
                kind: .preferencePair, contextTokens: Self.prompt, chosenTokens: chosen, rejectedTokens: rejected,
                weight: 1))
    }

    private func example(_ experience: Experience) throws -> Example {
        try Example(Lease(id: 1, item: Item(queue: .experience, body: experience.encoded())), tokenizer: .bytes)
    }

    /// Log-probabilities that differ from token to token and between the two policies.
    private func logProbabilities(_ batch: [Example], scale: Float) -> [[Float]] {
        batch.flatMap(\.sequences).map { sequence in
            sequence.tokens[sequence.targets].map { -Float($0) * scale }
        }
    }

    @Test func `pulls all target tokens of a supervised batch alike`() throws {
        let batch = [try weighted([3]), try weighted([4, 5, 6])]
        var objective = try BatchObjective(preference: nil, batch: batch)
        let weights = objective.weights(batch, policy: logProbabilities(batch, scale: 0.1), reference: [])
        #expect(weights == [[-0.25], [-0.25, -0.25, -0.25]])
        #expect(abs(try #require(objective.report.figures["token_loss"]) - 0.45) < 1e-6)
    }

    @Test func `scales a sequence by its weight`() throws {
        let batch = [try weighted([3], weight: 0.5), try weighted([4], weight: 0)]
        var objective = try BatchObjective(preference: nil, batch: batch)
        #expect(objective.weights(batch, policy: [[-1], [-1]], reference: []) == [[-0.25], [0]])
    }

    @Test func `pushes the arms of a pair apart by beta over the number of pairs, before the first update`() throws {
        let batch = [try pair([3], [4, 5]), try pair([6], [7])]
        var objective = try BatchObjective(preference: StepPreference(beta: 0.5), batch: batch)
        let same = logProbabilities(batch, scale: 0.1)
        // The margin is 0, where the slope of -log sigma is -1/2: 1/2 * 0.5 / 2 pairs.
        #expect(
            objective.weights(batch, policy: same, reference: same) == [[-0.125], [0.125, 0.125], [-0.125], [0.125]])
        #expect(objective.report.figures["pair_accuracy"] == 0.5)
        #expect(objective.report.figures["margin"] == 0)
    }

    @Test func `gives pairs the weights of the objective, beside supervised tokens`() throws {
        let preference = try StepPreference(beta: 0.3, chosenLikelihoodWeight: 0.2)
        let batch = [try weighted([9, 8]), try pair([3, 4], [5]), try pair([6], [7, 8, 9])]
        let policy = logProbabilities(batch, scale: 0.1)
        let reference = logProbabilities(batch, scale: 0.13)
        var objective = try BatchObjective(preference: preference, batch: batch)
        let weights = objective.weights(batch, policy: policy, reference: reference)
        let pairs = [1, 3].map { first in
            PairLogProbabilities(
                chosen: SequenceLogProbabilities(policy: policy[first], reference: reference[first]),
                rejected: SequenceLogProbabilities(policy: policy[first + 1], reference: reference[first + 1]))
        }
        let expected = preference.evaluate(pairs, pairCount: 2)
        #expect(weights == [[-0.5, -0.5]] + expected.weights.flatMap { [$0.chosen, $0.rejected] })
        #expect(objective.report.preference == expected.metrics)
    }

    @Test(arguments: 1...5)
    func `comes to the same however the batch is divided into packs`(packSize: Int) throws {
        let batch = [
            try weighted([9, 8]), try pair([3, 4], [5]), try weighted([7]), try pair([6], [7, 8, 9]),
            try pair([2], [3]),
        ]
        let policy = logProbabilities(batch, scale: 0.1)
        let reference = logProbabilities(batch, scale: 0.13)
        let preference = try StepPreference(beta: 0.5)
        var whole = try BatchObjective(preference: preference, batch: batch)
        let expected = whole.weights(batch, policy: policy, reference: reference)

        var packed = try BatchObjective(preference: preference, batch: batch)
        var weights: [[Float]] = []
        for start in stride(from: 0, to: batch.count, by: packSize) {
            let pack = Array(batch[start..<min(batch.count, start + packSize)])
            let range = weights.count..<(weights.count + pack.reduce(0) { $0 + $1.sequences.count })
            weights += packed.weights(pack, policy: Array(policy[range]), reference: Array(reference[range]))
        }
        #expect(weights == expected)
        #expect(packed.report.supervised.tokenCount == 3)
        let figures = packed.report.figures
        #expect(figures.count == 7)
        for (name, value) in whole.report.figures {
            // Sums in another order.
            #expect(abs(try #require(figures[name]) - value) < 1e-12, "\(name)")
        }
    }

    @Test func `refuses pairs where the stage has no objective for them`() throws {
        let batch = [try pair([3], [4])]
        #expect(throws: LearnerError.self) { try BatchObjective(preference: nil, batch: batch) }
    }
}
