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

    private func rollout(_ tokens: [UInt32], behaviour: [Float], _ advantages: [Float]) throws -> Example {
        try example(
            Experience(
                kind: .advantages, contextTokens: Self.prompt, chosenTokens: tokens, weight: 1,
                chosenLogProbabilities: behaviour, advantages: advantages))
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
        var objective = try BatchObjective(.supervised, batch: batch)
        let weights = objective.weights(batch, policy: logProbabilities(batch, scale: 0.1), reference: [])
        #expect(weights == [[-0.25], [-0.25, -0.25, -0.25]])
        #expect(abs(try #require(objective.report.figures["token_loss"]) - 0.45) < 1e-6)
    }

    @Test func `scales a sequence by its weight`() throws {
        let batch = [try weighted([3], weight: 0.5), try weighted([4], weight: 0)]
        var objective = try BatchObjective(.supervised, batch: batch)
        #expect(objective.weights(batch, policy: [[-1], [-1]], reference: []) == [[-0.25], [0]])
    }

    @Test func `pushes the arms of a pair apart by beta over the number of pairs, before the first update`() throws {
        let batch = [try pair([3], [4, 5]), try pair([6], [7])]
        var objective = try BatchObjective(.preference(StepPreference(beta: 0.5)), batch: batch)
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
        var objective = try BatchObjective(.preference(preference), batch: batch)
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

    @Test func `forgets rejected tokens and replays chosen ones, each over their number in the whole batch`() throws {
        let unlearning = try Unlearning(forgettingWeight: 0.5, replayWeight: 2, retentionWeight: 0.25)
        let batch = [try pair([3, 4], [5]), try pair([6], [7, 8, 9])]
        let policy = logProbabilities(batch, scale: 0.1)
        let reference = logProbabilities(batch, scale: 0.13)
        var objective = try BatchObjective(.unlearning(unlearning), batch: batch)
        // A pack at a time, so that a count over the pack alone would show.
        var weights: [[Float]] = []
        for (index, arms) in [0..<2, 2..<4].enumerated() {
            weights += objective.weights(
                [batch[index]], policy: Array(policy[arms]), reference: Array(reference[arms]))
        }
        let pairs = [0, 2].map { first in
            PairLogProbabilities(
                chosen: SequenceLogProbabilities(policy: policy[first], reference: reference[first]),
                rejected: SequenceLogProbabilities(policy: policy[first + 1], reference: reference[first + 1]))
        }
        let expected = unlearning.evaluate(pairs, chosenTokenCount: 3, rejectedTokenCount: 4)
        #expect(weights == expected.weights.flatMap { [$0.chosen, $0.rejected] })
        #expect(StageObjective.unlearning(unlearning).needsReference)
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
        var whole = try BatchObjective(.preference(preference), batch: batch)
        let expected = whole.weights(batch, policy: policy, reference: reference)

        var packed = try BatchObjective(.preference(preference), batch: batch)
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
        #expect(throws: LearnerError.self) { try BatchObjective(.supervised, batch: batch) }
    }

    @Test func `gives rollouts the weights of a policy gradient over the whole batch`() throws {
        let gradient = try PolicyGradient(
            .clipped(ClipRange(lower: 0.2, upper: 0.2)), aggregation: .sequenceMeans, divergenceWeight: 0.1,
            correction: .truncated(.token, maximum: 1.5))
        let batch = [
            try rollout([3, 4], behaviour: [-0.2, -0.9], [1, -0.5]), try weighted([9]),
            try rollout([5], behaviour: [-0.6], [0.25]),
        ]
        let policy = logProbabilities(batch, scale: 0.1)
        let reference = logProbabilities(batch, scale: 0.13)
        var objective = try BatchObjective(.policyGradient(gradient), batch: batch)
        let weights =
            objective.weights(Array(batch[..<1]), policy: Array(policy[..<1]), reference: Array(reference[..<1]))
            + objective.weights(Array(batch[1...]), policy: Array(policy[1...]), reference: Array(reference[1...]))
        let rollouts = [(0, [-0.2, -0.9] as [Float], [1, -0.5]), (2, [-0.6], [0.25])].map {
            index, behaviour, advantages in
            SampledLogProbabilities(
                policy: policy[index], behaviour: behaviour, proximal: reference[index], reference: reference[index],
                advantages: advantages)
        }
        let expected = gradient.evaluate(rollouts, of: BatchSize(sequences: 2, tokens: 3))
        #expect(weights == [expected.weights[0], [-1], expected.weights[1]])
        #expect(objective.report.policyGradient.tokenCount == 3)
        #expect(try #require(objective.report.figures["kl_sampled"]) > 0)
    }

    @Test(arguments: [false, true])
    func `gives rollouts weights by their advantages`(isSelfNormalised: Bool) throws {
        let awr = try AdvantageWeighted(.exponential(beta: 0.5, maximum: 20), isSelfNormalised: isSelfNormalised)
        let batch = [try rollout([3, 4], behaviour: [-1, -1], [1, -0.5]), try rollout([5], behaviour: [-1], [0.25])]
        var objective = try BatchObjective(.weighted(awr), batch: batch)
        let weights = objective.weights(batch, policy: logProbabilities(batch, scale: 0.1), reference: [])
        let expected = [1, -0.5, 0.25].map { awr.weight(ofAdvantage: $0) }
        let divisor = isSelfNormalised ? expected.reduce(0, +) : 3
        #expect(weights.joined().map { Double($0) * -divisor }.elementsEqual(expected) { abs($0 - $1) < 1e-5 })
    }

    @Test func `refuses rollouts where the stage has no objective for them`() throws {
        let batch = [try rollout([3], behaviour: [-1], [1])]
        for objective in [StageObjective.supervised, .preference(try StepPreference(beta: 1))] {
            #expect(throws: LearnerError.self) { try BatchObjective(objective, batch: batch) }
        }
        let awr = StageObjective.weighted(try AdvantageWeighted(.indicator))
        #expect(throws: LearnerError.self) { try BatchObjective(awr, batch: [try pair([3], [4])]) }
    }

    @Test func `normalises the advantages of a round together, and leaves other examples`() throws {
        let examples = [
            try rollout([3, 4], behaviour: [-1, -1], [1, 1]), try weighted([3]),
            try rollout([5], behaviour: [-1], [-2]),
        ]
        let advantages = examples.normalised(by: .whitened).map { example -> [Double] in
            if case .rollout(let tokens) = example.kind { tokens.advantages } else { [] }
        }
        #expect(advantages == BatchNormalisation.whitened.applied(to: [[1, 1], [], [-2]]))
        #expect(examples.normalised(by: .none).map(\.id) == examples.map(\.id))
    }
}
