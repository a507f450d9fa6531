import Basics
import Testing
import Tokenization

@testable import LanguageModel

/// Batches whose sequences begin alike.
@Suite struct `Packed rows` {
    /// Sequences that share 37 tokens (two blocks), 20 (one) and 10 (none) with others, one that is the beginning of another, and
    /// one that is there twice.
    private static let batch: PackedBatch = {
        var generator = SeededGenerator(seed: 41, name: "shared")
        func random(_ count: Int) -> [Token] { (0..<count).map { _ in Token.random(in: 0..<257, using: &generator) } }
        let first = random(55)
        let second = first.prefix(37) + random(14)
        let third = second.prefix(45) + random(9)
        let fourth = first.prefix(20) + random(30)
        let fifth = first.prefix(10) + random(8)
        let tokens = [first, Array(second), Array(third), Array(fourth), Array(fifth), Array(first.prefix(33)), first]
        return PackedBatch(
            tokens.enumerated().map { TokenSequence(tokens: $1, targets: (3 + $0)..<($1.count - $0 % 2)) })
    }()

    private func gradients(_ model: Model, _ batches: [PackedBatch], _ precision: Precision, threads: Int) throws
        -> [Float]
    {
        let trainer = Trainer(
            model: model, settings: AdamW(schedule: LearningRateSchedule(peak: 1)), precision: precision,
            threadCount: threads)
        for batch in batches {
            try trainer.accumulate(batch) { $0.map { $0.map { 0.1 + 0.01 * $0 } } }
        }
        return trainer.accumulatedGradients
    }

    @Test func `what sequences begin with alike is computed once, in whole blocks`() {
        let packed = PackedRows(Self.batch)
        // Rows of 55 + 51 + 54 + 50 + 18 + 33 + 55 tokens but the last, without two, three, one, no, two and all blocks.
        let rows = Self.batch.sequences.map(\.rowCount)
        #expect(rows == [54, 49, 53, 48, 17, 31, 54])
        #expect(packed.rows.count == 54 + (49 - 32) + (53 - 32) + (48 - 16) + 17 + (31 - 16) + (54 - 48))
        #expect(packed.rows.segments.map(\.firstPosition) == [0, 32, 32, 16, 0, 16, 48])
        #expect(packed.head.count < Self.batch.targetCount)
        #expect(Set(packed.head.rows).count == packed.head.count)
    }

    @Test(arguments: [TestShapes.grouped, TestShapes.tails, TestShapes.main], [Precision.fp32, .bf16])
    func `log-probabilities are to the bit those of each sequence alone`(shape: ModelShape, precision: Precision) throws
    {
        let scorer = Scorer(model: try testModel(shape), precision: precision, threadCount: 2)
        let together = try scorer.logProbabilities(of: Self.batch)
        for (sequence, found) in zip(Self.batch.sequences, together) {
            #expect(try bits(scorer.logProbabilities(of: PackedBatch([sequence]))) == [bits(found)])
        }
    }

    @Test(arguments: [TestShapes.grouped, TestShapes.tails], [Precision.fp32, .bf16])
    func `the gradient is the sum of each sequence's alone`(shape: ModelShape, precision: Precision) throws {
        let model = try testModel(shape)
        let together = try gradients(model, [Self.batch], precision, threads: 1)
        let apart = try gradients(model, Self.batch.sequences.map { PackedBatch([$0]) }, precision, threads: 1)
        for tensor in ParameterLayout(shape).tensors {
            let size = (apart[tensor.range].reduce(0) { $0 + $1 * $1 } / Float(tensor.count)).squareRoot()
            #expect(size > 0, "\(tensor.name) has no gradient")
            let worst = tensor.range.map { abs(together[$0] - apart[$0]) }.max() ?? 0
            // Sums in another order; in bf16 also of numbers that are added before they are rounded and not after.
            #expect(worst < (precision == .fp32 ? 1e-4 : 0.1) * size, "\(tensor.name): \(worst) of \(size)")
        }
    }

    @Test(arguments: [Precision.fp32, .bf16])
    func `the gradient has the same bits on one, two and three threads`(precision: Precision) throws {
        let model = try testModel(TestShapes.grouped)
        let one = try gradients(model, [Self.batch], precision, threads: 1)
        for threads in [2, 3] {
            let found = try gradients(model, [Self.batch], precision, threads: threads)
            #expect(bits(found) == bits(one), "\(threads) threads")
        }
    }

    // MARK: Dividing among batches

    /// Pairs of two questions by turns: 64 tokens of the question, and 17 of their own for each of the two.
    private static func pairs(_ count: Int) -> [[TokenSequence]] {
        var generator = SeededGenerator(seed: 42, name: "pairs")
        func random(_ count: Int) -> [Token] { (0..<count).map { _ in Token.random(in: 0..<257, using: &generator) } }
        let questions = [random(64), random(64)]
        return (0..<count).map { index in
            (0..<2).map { _ in TokenSequence(tokens: questions[index % 2] + random(17), targets: 64..<81) }
        }
    }

    @Test func `groups that begin alike come into one batch, what they share counted once`() {
        // 64 + 6 × 16 rows a question; 480 rows if nothing were shared.
        let pairs = Self.pairs(6)
        let batches = PackedRows.batches(of: pairs, rows: 160)
        #expect(Set(batches.map(Set.init)) == [[0, 2, 4], [1, 3, 5]])
        for batch in batches {
            #expect(PackedRows(PackedBatch(batch.flatMap { pairs[$0] })).rows.count == 160)
        }
    }

    @Test func `each group is whole in one batch, and no batch is larger than the limit but a group's alone`() {
        let large = [TokenSequence(tokens: [Token](repeating: 1, count: 300), targets: 1..<300)]
        let groups = Self.pairs(7) + [large] + Self.pairs(3)
        let batches = PackedRows.batches(of: groups, rows: 130)
        #expect(batches.flatMap(\.self).sorted() == Array(groups.indices))
        #expect(batches.contains([7]))
        for batch in batches where batch != [7] {
            #expect(PackedRows(PackedBatch(batch.flatMap { groups[$0] })).rows.count <= 130)
        }
    }

    @Test func `batches are of even size where that needs no more of them`() {
        let groups = (0..<8).map { first in
            [TokenSequence(tokens: [Token(first)] + [Token](repeating: 9, count: 20), targets: 1..<21)]
        }
        // Of twenty rows each: five and three would fit.
        #expect(PackedRows.batches(of: groups, rows: 100).map(\.count) == [4, 4])
        // Batches of a third of all, 54 rows, would have room for two groups each.
        #expect(PackedRows.batches(of: groups, rows: 60).map(\.count) == [3, 3, 2])
    }

    @Test func `batches that even out are no larger than the limit, however large a group alone is`() {
        let groups = [60, 50, 50, 200].enumerated().map { first, rows in
            [TokenSequence(tokens: [Token(first)] + [Token](repeating: 9, count: rows), targets: 1..<(rows + 1))]
        }
        // A third of all is 120 rows.
        #expect(PackedRows.batches(of: groups, rows: 100) == [[0], [1, 2], [3]])
    }

    @Test func `groups of which nothing is trained make one batch`() {
        let groups = [[TokenSequence]](repeating: [TokenSequence(tokens: [1, 2], targets: 1..<1)], count: 3)
        #expect(PackedRows.batches(of: groups, rows: 1) == [[0, 1, 2]])
        #expect(PackedRows.batches(of: [], rows: 1).isEmpty)
    }
}
