import Basics
import Foundation
import Testing

@testable import LanguageModel

@Suite struct `Training an adapter` {
    private let settings = AdamW(schedule: LearningRateSchedule(peak: 1e-2), weightDecay: 0.1)

    private func adapter(
        _ shape: ModelShape, rank: Int = 3, targets: Set<AdapterTarget> = Set(AdapterTarget.allCases),
        isRandom: Bool = true
    ) throws -> Adapter {
        let adapter = Adapter(try AdapterSettings(rank: rank, alpha: 6, targets: targets), shape: shape, seed: 5)
        // A product of zeros would hide half of the gradients.
        let random = randomFloats(adapter.parameters.count, seed: 6, scale: 0.3)
        if isRandom { for (index, value) in random.enumerated() { adapter.parameters.start[index] = value } }
        return adapter
    }

    private func meanLoss(_ logProbabilities: [[Float]]) -> [[Float]] {
        let count = Float(logProbabilities.reduce(0) { $0 + $1.count })
        return logProbabilities.map { $0.map { _ in -1 / count } }
    }

    /// The weights in use, from the definition and in double precision.
    private func merged(_ model: Model, _ adapter: Adapter) -> [Float] {
        var weights = model.flatParameters.map(Double.init)
        let (factors, rank) = (adapter.flatParameters.map(Double.init), adapter.settings.rank)
        for pair in adapter.pairs {
            for row in 0..<pair.matrix.rows {
                for column in 0..<pair.matrix.columns {
                    let product = (0..<rank).reduce(0.0) { sum, inner in
                        sum + factors[pair.b + row * rank + inner]
                            * factors[pair.a + inner * pair.matrix.columns + column]
                    }
                    weights[pair.matrix.offset + row * pair.matrix.columns + column] += 6 / Double(rank) * product
                }
            }
        }
        return weights.map(Float.init)
    }

    @Test(arguments: TestShapes.all)
    func `the weights in use are the base plus the scaled product of the factors`(shape: ModelShape) throws {
        let model = try testModel(shape)
        let adapter = try adapter(shape, targets: [.query, .value, .up, .down])
        let trainer = Trainer(model: model, settings: settings, adapter: adapter, threadCount: 2)
        let (found, expected) = (try trainer.model().flatParameters, merged(model, adapter))
        let worst = zip(found, expected).map { abs($0 - $1) }.max() ?? 0
        #expect(worst < 1e-5, "the largest difference is \(worst)")
        let changed = Set(adapter.pairs.map(\.matrix.name))
        for tensor in ParameterLayout(shape).tensors {
            let isSame = bits(Array(found[tensor.range])) == bits(Array(model.flatParameters[tensor.range]))
            #expect(isSame != changed.contains(tensor.name), "\(tensor.name)")
        }
    }

    @Test func `a new adapter changes nothing`() throws {
        let model = try testModel(TestShapes.grouped)
        let trainer = Trainer(
            model: model, settings: settings, adapter: try adapter(TestShapes.grouped, isRandom: false), threadCount: 1)
        #expect(try bits(trainer.model().flatParameters) == bits(model.flatParameters))
    }

    /// With W = W0 + s · B · A the chain rule gives dA = s · Bᵀ · dW and dB = s · dW · Aᵀ; dW comes from training all
    /// parameters of the merged model, which finite differences check elsewhere.
    @Test(arguments: TestShapes.all)
    func `the factors' gradients follow from that of the weights in use`(shape: ModelShape) throws {
        let model = try testModel(shape)
        let adapter = try adapter(shape)
        let trainer = Trainer(model: model, settings: settings, adapter: adapter, threadCount: 2)
        let batch = randomBatch(5, lengths: 3...30, seed: 31)
        let full = plainTrainer(try trainer.model())
        try trainer.accumulate(batch, objective: meanLoss)
        try full.accumulate(batch, objective: meanLoss)
        let (found, weights) = (trainer.accumulatedGradients, full.accumulatedGradients.map(Double.init))
        let (factors, rank) = (adapter.flatParameters.map(Double.init), adapter.settings.rank)
        #expect(found.count == factors.count)
        var expected = [Double](repeating: 0, count: factors.count)
        for pair in adapter.pairs {
            for row in 0..<pair.matrix.rows {
                for column in 0..<pair.matrix.columns {
                    let gradient = 2 * weights[pair.matrix.offset + row * pair.matrix.columns + column]
                    for inner in 0..<rank {
                        let (a, b) = (pair.a + inner * pair.matrix.columns + column, pair.b + row * rank + inner)
                        expected[a] += gradient * factors[b]
                        expected[b] += gradient * factors[a]
                    }
                }
            }
        }
        for tensor in adapter.tensors {
            let size = (expected[tensor.range].reduce(0) { $0 + $1 * $1 } / Double(tensor.count)).squareRoot()
            #expect(size > 0, "\(tensor.name) has no gradient")
            let worst = tensor.range.map { abs(Double(found[$0]) - expected[$0]) }.max() ?? 0
            #expect(worst < 1e-3 * size, "\(tensor.name): \(worst) of \(size)")
        }
    }

    @Test func `gradients have the same bits on one, two and three threads`() throws {
        let model = try testModel(TestShapes.main)
        let batch = randomBatch(30, lengths: 3...60, seed: 23)
        let found = try [1, 2, 3].map { threads in
            let trainer = Trainer(
                model: model, settings: settings, adapter: try adapter(TestShapes.main), threadCount: threads)
            try trainer.accumulate(batch, objective: meanLoss)
            _ = trainer.update()
            return bits(try trainer.model().flatParameters)
        }
        #expect(found[0] == found[1])
        #expect(found[0] == found[2])
    }

    @Test func `training changes the factors alone, and the loss falls`() throws {
        let model = try testModel(TestShapes.grouped)
        let before = bits(model.flatParameters)
        let trainer = Trainer(
            model: model, settings: settings, adapter: try adapter(TestShapes.grouped, isRandom: false), threadCount: 1)
        let batch = randomBatch(4, lengths: 5...20, seed: 33)
        func loss() throws -> Float { -(try trainer.accumulate(batch, objective: meanLoss)).joined().reduce(0, +) }
        let first = try loss()
        for _ in 0..<30 {
            _ = trainer.update()
            _ = try loss()
        }
        let last = try loss()
        #expect(last < 0.8 * first, "from \(first) to \(last)")
        #expect(bits(model.flatParameters) == before, "the base is as it was")
        let gain = ParameterLayout(model.shape).tensors.filter(\.isGain)
        let after = try trainer.model().flatParameters
        for tensor in gain { #expect(bits(Array(after[tensor.range])) == Array(before[tensor.range])) }
    }

    @Test func `a restored adapter goes on to the same bits as training that never stopped`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "adapter-\(UUID().uuidString).gguf").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let model = try testModel(TestShapes.grouped)
        let straight = Trainer(
            model: model, settings: settings, adapter: try adapter(TestShapes.grouped, targets: [.query, .down]),
            threadCount: 1)
        func train(_ trainer: Trainer, _ updates: Range<Int>) throws {
            for update in updates {
                try trainer.accumulate(randomBatch(4, lengths: 3...30, seed: UInt64(update)), objective: meanLoss)
                _ = trainer.update()
            }
        }
        try train(straight, 0..<4)
        let base = ContentHash(of: Array("base".utf8))
        try straight.writeCheckpoint(path, base: base, metadata: ["stage": .integer(2)])
        try train(straight, 4..<8)
        let checkpoint = try Checkpoint(path)
        #expect(checkpoint.metadata == ["stage": .integer(2)])
        #expect(checkpoint.base == base)
        #expect(checkpoint.adapter == straight.adapted?.adapter.settings)
        let restored = try checkpoint.trainer(base: model, settings: settings, threadCount: 2)
        try train(restored, 4..<8)
        #expect(try bits(restored.model().flatParameters) == bits(straight.model().flatParameters))

        for wrong in [nil, try testModel(TestShapes.tails)] {
            let error = #expect(throws: LanguageModelError.self) {
                try checkpoint.trainer(base: wrong, settings: settings, threadCount: 1)
            }
            #expect(error?.code == .invalidCheckpoint)
        }
    }

    @Test func `settings without a meaning are refused`() {
        for (rank, alpha, targets) in [(0, 1, [.query]), (1, 0, [.query]), (1, .nan, [.query]), (1, 1, [])]
            as [(Int, Float, Set<AdapterTarget>)]
        {
            #expect(throws: LanguageModelError.self) {
                try AdapterSettings(rank: rank, alpha: alpha, targets: targets)
            }
        }
    }
}
