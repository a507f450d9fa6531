import Basics
import Testing
import Tokenization

@testable import LanguageModel

/// With a large vocabulary the logits of a batch are computed in several chunks, which nothing may depend on.
@Suite struct `Large vocabulary` {
    private static let model = Result {
        try testModel(
            TestShapes.shape(vocabulary: 1 << 17, width: 16, layers: 1, heads: 2, keyValueHeads: 1, inner: 16),
            tokenizer: .bytes(filledUpTo: 1 << 17))
    }
    private let model: Model
    private let batch: PackedBatch
    private let weights: [[Float]]

    init() throws {
        model = try Self.model.get()
        var generator = SeededGenerator(seed: 31, name: "tokens")
        let range = 0..<Token(model.shape.vocabularySize)
        batch = PackedBatch(
            (0..<12).map { _ in
                TokenSequence(
                    tokens: (0..<60).map { _ in Token.random(in: range, using: &generator) }, targets: 1..<60)
            })
        weights = batch.sequences.indices.map { randomFloats(59, seed: UInt64($0)) }
        let head = OutputHead(
            Transformer(
                shape: model.shape, parameters: model.parameters, precision: .fp32, packing: .onTheWay, threadCount: 1))
        try #require(head.chunks(PackedRows(batch).head.count).count > 1, "the tests need a batch of several chunks")
        try #require(head.chunks(59).count == 1, "and sequences of one")
    }

    @Test func `log-probabilities of many chunks are those of one, to the bit`() throws {
        let scorer = Scorer(model: model, threadCount: 2)
        let apart = try batch.sequences.map { try scorer.logProbabilities(of: PackedBatch([$0]))[0] }
        let together = try scorer.logProbabilities(of: batch)
        #expect(bits(together) == bits(apart))
    }

    @Test func `gradients of many chunks are the sum of those of one chunk each`() throws {
        let together = plainTrainer(model, threads: 2)
        try together.accumulate(batch) { _ in weights }
        let apart = plainTrainer(model, threads: 2)
        for (sequence, weights) in zip(batch.sequences, weights) {
            try apart.accumulate(PackedBatch([sequence])) { _ in [weights] }
        }
        let (a, b) = (together.accumulatedGradients, apart.accumulatedGradients)
        for tensor in ParameterLayout(model.shape).tensors {
            let size = (a[tensor.range].reduce(0) { $0 + $1 * $1 } / Float(tensor.count)).squareRoot()
            #expect(size > 0, "\(tensor.name) has no gradient")
            let worst = tensor.range.map { abs(a[$0] - b[$0]) }.max() ?? 0
            // Sums of hundreds of rows in another order; the largest element is some hundred times the mean square's root.
            #expect(worst < 1e-3 * size + 1e-5, "\(tensor.name): \(worst) of \(size)")
        }
    }

    @Test func `the loss changes along the gradient by the gradient's square`() throws {
        let trainer = plainTrainer(model, threads: 2)
        try trainer.accumulate(batch) { _ in weights }
        let gradient = trainer.accumulatedGradients
        let square = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }
        func loss(step: Float) throws -> Double {
            let moved = FloatBuffer(copying: model.parameters)
            for index in gradient.indices { moved.start[index] += step * gradient[index] }
            let model = try Model(
                shape: model.shape, tokenizer: model.tokenizer, name: "moved", parameters: moved)
            let found = try Scorer(model: model, threadCount: 2).logProbabilities(of: batch)
            return zip(weights, found).reduce(0) { sum, pair in
                sum + zip(pair.0, pair.1).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            }
        }
        // So far that the loss changes by about 1 in either direction, far above single precision.
        let step = Float(1 / square)
        let slope = try (loss(step: step) - loss(step: -step)) / (2 * Double(step))
        #expect(abs(slope / square - 1) < 1e-2, "\(slope) along a gradient of square \(square)")
    }

    @Test func `recorded log-probabilities are the scorer's and the trainer's to the bit`() throws {
        let decoder = ContinuousBatch(model: model, slotCount: 64, threadCount: 2)
        let settings = try DecodingSettings(maximumNewTokens: 10)
        let prompt: [Token] = [72, 101, 108, 108, 111]
        try decoder.submit(RolloutRequest(prompt: prompt, seeds: (0..<64).map { $0 }, settings: settings))
        var rollouts: [DecodedRollout] = []
        while !decoder.isEmpty { rollouts += decoder.step() }
        let packed = PackedBatch(rollouts.map { TokenSequence(prompt: prompt, continuation: $0.tokens) })
        try #require(PackedRows(packed).head.count > 512, "the scorer's batch has several chunks")
        let recorded = bits(rollouts.map(\.logProbabilities))
        #expect(try recorded == bits(Scorer(model: model, threadCount: 1).logProbabilities(of: packed)))
        #expect(try recorded == bits(plainTrainer(model).logProbabilities(of: packed)))
    }
}
