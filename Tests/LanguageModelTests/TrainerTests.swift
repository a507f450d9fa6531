import Basics
import Foundation
import Testing
import Tokenization

@testable import LanguageModel

@Suite struct `Training a model` {
    private func temporaryPath() -> String {
        FileManager.default.temporaryDirectory.appending(path: "engine-\(UUID().uuidString).gguf").path
    }

    private let settings = AdamW(
        schedule: LearningRateSchedule(
            peak: 3e-3, warmUpUpdates: 3, shape: .cosine(updateCount: 20, finalFraction: 0.1)),
        weightDecay: 0.3, gradientNormLimit: 0.5)

    private func meanLoss(_ logProbabilities: [[Float]]) -> [[Float]] {
        let count = Float(logProbabilities.reduce(0) { $0 + $1.count })
        return logProbabilities.map { $0.map { _ in -1 / count } }
    }

    @Test func `a gradient that is not finite changes nothing, and the next one does`() throws {
        let trainer = Trainer(model: try testModel(TestShapes.tails), settings: settings, threadCount: 1)
        let before = try trainer.model().flatParameters
        let batch = randomBatch(4, lengths: 3...20, seed: 1)
        try trainer.accumulate(batch) { $0.map { $0.map { _ in .nan } } }
        let report = trainer.update()
        #expect(!report.gradientNorm.isFinite && report.update == 0)
        #expect(try trainer.model().flatParameters == before)
        try trainer.accumulate(batch, objective: meanLoss)
        #expect(trainer.update().update == 1)
        #expect(try trainer.model().flatParameters != before)
    }

    /// A plain AdamW in double precision; 1e-6 covers single precision over seven updates of about 1e-3.
    @Test func `updates are those of AdamW in plain loops`() throws {
        let model = try testModel(TestShapes.tails)
        let trainer = Trainer(model: model, settings: settings, threadCount: 2)
        let layout = ParameterLayout(model.shape)
        var parameters = model.flatParameters.map(Double.init)
        var first = parameters.map { _ in 0.0 }
        var second = first
        var clipped = 0
        for update in 1...7 {
            try trainer.accumulate(randomBatch(4, lengths: 3...20, seed: UInt64(update)), objective: meanLoss)
            var gradient = trainer.accumulatedGradients.map(Double.init)
            let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
            if norm > 0.5 { gradient = gradient.map { $0 * 0.5 / norm } }
            // Once the caller names the rate itself.
            let named: Float? = update == 5 ? 2e-3 : nil
            let rate = Double(named ?? settings.schedule.rate(update: update - 1))
            for tensor in layout.tensors {
                for i in tensor.range {
                    first[i] = 0.9 * first[i] + 0.1 * gradient[i]
                    second[i] = 0.95 * second[i] + 0.05 * gradient[i] * gradient[i]
                    let mean = first[i] / (1 - pow(0.9, Double(update)))
                    let square = second[i] / (1 - pow(0.95, Double(update)))
                    if !tensor.isGain { parameters[i] -= rate * 0.3 * parameters[i] }
                    parameters[i] -= rate * mean / (square.squareRoot() + 1e-8)
                }
            }
            let report = trainer.update(learningRate: named)
            clipped += report.isClipped ? 1 : 0
            #expect(report.update == update)
            #expect(Double(report.learningRate) == rate)
            #expect(abs(Double(report.gradientNorm) - norm) < 1e-5 * norm)
            #expect(report.isClipped == (norm > 0.5))
        }
        #expect(clipped > 0, "the test needs an update that is scaled down")
        let found = try trainer.model().flatParameters
        let worst = zip(found, parameters).map { abs(Double($0) - $1) }.max() ?? 0
        #expect(worst < 1e-5, "the largest difference is \(worst)")
    }

    @Test func `gradients of several batches add up until the update`() throws {
        let model = try testModel(TestShapes.tails)
        let (a, b) = (randomBatch(3, lengths: 3...20, seed: 1), randomBatch(3, lengths: 3...20, seed: 2))
        func gradient(_ batches: [PackedBatch]) throws -> [Float] {
            let summing = plainTrainer(model)
            for batch in batches { try summing.accumulate(batch) { $0.map { $0.map { _ in -0.1 } } } }
            return summing.accumulatedGradients
        }
        let (both, first, second) = try (gradient([a, b]), gradient([a]), gradient([b]))
        for index in both.indices { #expect(abs(both[index] - first[index] - second[index]) < 1e-4) }
        let trainer = plainTrainer(model)
        try trainer.accumulate(a) { $0.map { $0.map { _ in -0.1 } } }
        _ = trainer.update()
        #expect(trainer.accumulatedGradients.allSatisfy { $0 == 0 })
    }

    @Test func `a restored checkpoint goes on to the same bits as training that never stopped`() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let straight = Trainer(model: try testModel(TestShapes.grouped), settings: settings, threadCount: 1)
        func train(_ trainer: Trainer, _ updates: Range<Int>) throws {
            for update in updates {
                try trainer.accumulate(randomBatch(4, lengths: 3...30, seed: UInt64(update)), objective: meanLoss)
                _ = trainer.update()
            }
        }
        try train(straight, 0..<5)
        let metadata: [String: CheckpointValue] = ["chain": .string("é 00ff"), "position": .integer(-7)]
        try straight.writeCheckpoint(path, metadata: metadata)
        try train(straight, 5..<10)
        let checkpoint = try Checkpoint(path)
        #expect(checkpoint.metadata == metadata)
        #expect(checkpoint.adapter == nil)
        let restored = try checkpoint.trainer(base: nil, settings: settings, threadCount: 2)
        #expect(restored.updateCount == 5)
        try train(restored, 5..<10)
        #expect(try bits(restored.model().flatParameters) == bits(straight.model().flatParameters))
        #expect(bits(Array(restored.state.second.elements)) == bits(Array(straight.state.second.elements)))
    }

    @Test func `a model without moments is no checkpoint`() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try testModel(TestShapes.tails).write(path)
        let error = #expect(throws: LanguageModelError.self) {
            try Checkpoint(path)
        }
        #expect(error?.code == .invalidCheckpoint)
    }

    @Test func `a tiny model learns a tiny data set by heart, and then says it`() throws {
        let shape = TestShapes.shape(width: 32, layers: 2, heads: 2, keyValueHeads: 2, inner: 64)
        let trainer = Trainer(
            model: try Model.random(shape: shape, seed: 3),
            settings: AdamW(schedule: LearningRateSchedule(peak: 1e-2, warmUpUpdates: 5), weightDecay: 0),
            threadCount: 1)
        let pairs = [("2+3=", "5"), ("7+1=", "8"), ("4+4=", "8"), ("9-9=", "0"), ("one two ", "three")]
        let tokenizer = Tokenizer.bytes
        let sequences = pairs.map { prompt, answer in
            TokenSequence(
                prompt: tokenizer.encode(prompt, parsesSpecialTokens: false),
                continuation: tokenizer.encode(answer, parsesSpecialTokens: false) + [tokenizer.endOfSequence])
        }
        var loss: Float = .infinity
        for _ in 0..<200 {
            let found = try trainer.accumulate(PackedBatch(sequences), objective: meanLoss)
            loss = -found.joined().reduce(0, +) / Float(found.joined().count)
            _ = trainer.update()
        }
        #expect(loss < 0.01, "the loss after 200 updates is \(loss)")
        let batch = ContinuousBatch(model: try trainer.model(), slotCount: 3, threadCount: 1)
        for (prompt, _) in pairs {
            try batch.submit(
                RolloutRequest(
                    prompt: tokenizer.encode(prompt, parsesSpecialTokens: false), seeds: [1],
                    settings: try DecodingSettings(temperature: 0, maximumNewTokens: 10)))
        }
        var answers: [Int: String] = [:]
        while !batch.isEmpty {
            for rollout in batch.step() { answers[rollout.request] = tokenizer.decode(rollout.tokens) }
        }
        #expect(pairs.indices.map { answers[$0] } == pairs.map { $0.1 })
    }
}
