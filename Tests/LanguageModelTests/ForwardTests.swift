import Testing
import Tokenization

@testable import LanguageModel

@Suite struct `Forward pass` {
    /// 2e-5: about a hundred roundings of single precision on log-probabilities near 6.
    @Test(arguments: TestShapes.all)
    func `log-probabilities are those of plain loops in double precision`(shape: ModelShape) throws {
        let model = try testModel(shape)
        let batch = randomBatch(5, lengths: 2...40, seed: 11)
        let found = try Scorer(model: model, threadCount: 1).logProbabilities(of: batch)
        let expected = ReferenceTransformer(model).logProbabilities(batch)
        for (row, reference) in zip(found, expected) {
            #expect(row.count == reference.count)
            for (value, exact) in zip(row, reference) {
                #expect(abs(Double(value) - exact) < 2e-5 * max(1, abs(exact)))
            }
        }
    }

    /// What the narrow formats cost a random model with logits as large as 50; docs/performance.md has a real one's.
    @Test(arguments: [(Precision.bf16, 0.02), (.int8, 0.2)])
    func `narrow operands move log-probabilities a little`(precision: Precision, most: Double) throws {
        let model = try testModel(TestShapes.grouped)
        let batch = randomBatch(5, lengths: 2...40, seed: 11)
        let found = try Scorer(model: model, precision: precision, threadCount: 1).logProbabilities(of: batch)
        let expected = ReferenceTransformer(model).logProbabilities(batch)
        let errors = zip(found.joined(), expected.joined()).map { abs(Double($0) - $1) }
        let mean = errors.reduce(0, +) / Double(errors.count)
        #expect(mean < most && mean > 1e-5, "a mean error of \(mean)")
    }

    @Test(arguments: TestShapes.all + [TestShapes.main])
    func `a packed batch gives each sequence the bits that it has alone`(shape: ModelShape) throws {
        let model = try testModel(shape)
        let batch = randomBatch(23, lengths: 2...60, seed: 12)
        let together = try Scorer(model: model, threadCount: 1).logProbabilities(of: batch)
        let alone = Scorer(model: model, threadCount: 1)
        for (index, sequence) in batch.sequences.enumerated() {
            let single = try alone.logProbabilities(of: PackedBatch([sequence]))
            #expect(bits(single[0]) == bits(together[index]), "sequence \(index)")
        }
    }

    @Test func `two threads give the bits of one, in the scorer and in the trainer`() throws {
        let model = try testModel(TestShapes.main)
        let batch = randomBatch(40, lengths: 2...60, seed: 13)
        let one = try Scorer(model: model, threadCount: 1).logProbabilities(of: batch)
        let two = try Scorer(model: model, threadCount: 2).logProbabilities(of: batch)
        let trained = try plainTrainer(model, threads: 2).logProbabilities(of: batch)
        #expect(bits(one) == bits(two))
        #expect(bits(one) == bits(trained))
    }

    @Test func `sequences without targets and empty batches give empty results`() throws {
        let scorer = Scorer(model: try testModel(TestShapes.tails), threadCount: 1)
        #expect(try scorer.logProbabilities(of: PackedBatch([])).isEmpty)
        let empty = TokenSequence(tokens: [1, 2, 3], targets: 2..<2)
        #expect(try scorer.logProbabilities(of: PackedBatch([empty, empty])) == [[], []])
    }

    @Test(arguments: [
        TokenSequence(tokens: [1, 2], targets: 0..<1), TokenSequence(tokens: [1, 2], targets: 1..<3),
        TokenSequence(tokens: [1, 257], targets: 1..<2), TokenSequence(tokens: [-1, 2], targets: 1..<2),
        TokenSequence(tokens: [Token](repeating: 0, count: 65), targets: 1..<2),
    ])
    func `what the model cannot score is refused with the sequence's index`(sequence: TokenSequence) throws {
        let model = try testModel(TestShapes.tails)
        let good = TokenSequence(tokens: [1, 2], targets: 1..<2)
        for use in [
            { _ = try Scorer(model: model, threadCount: 1).logProbabilities(of: PackedBatch([good, sequence])) },
            { _ = try plainTrainer(model).batches(of: [[good], [sequence]]) },
        ] as [() throws -> Void] {
            let error = #expect(throws: LanguageModelError.self) { try use() }
            #expect(error?.code == .invalidBatch)
            #expect(error?.message.lowercased().contains("sequence 1") == true)
        }
    }
}

/// A trainer with a constant rate and no bound, so that gradients can be seen.
func plainTrainer(_ model: Model, threads: Int = 1, rate: Float = 1e-3) -> Trainer {
    Trainer(model: model, settings: AdamW(schedule: LearningRateSchedule(peak: rate)), threadCount: threads)
}
