import Basics
import CKernels
import Testing
import Tokenization

@testable import LanguageModel

@Suite struct `Continuous batch` {
    private func requests(_ count: Int, seed: UInt64, length: Int = 24) throws -> [RolloutRequest] {
        var generator = SeededGenerator(seed: seed, name: "requests")
        var requests: [RolloutRequest] = []
        while requests.reduce(0, { $0 + $1.seeds.count }) < count {
            let left = count - requests.reduce(0) { $0 + $1.seeds.count }
            let prompt = (0..<Int.random(in: 1...36, using: &generator)).map { _ in
                Token.random(in: 0..<256, using: &generator)
            }
            let seeds = (0..<min(left, Int.random(in: 1...5, using: &generator))).map { _ in generator.next() }
            requests.append(
                RolloutRequest(
                    prompt: prompt, seeds: seeds,
                    settings: try DecodingSettings(
                        temperature: 1.3, maximumNewTokens: Int.random(in: 1...length, using: &generator))))
        }
        return requests
    }

    private func decode(
        _ model: Model, _ requests: [RolloutRequest], slots: Int, threads: Int = 1, stepsBetween: Int = 0,
        precision: Precision = .fp32, kernels: Kernels = .best
    ) throws -> [[DecodedRollout]] {
        let batch = ContinuousBatch(
            model: model, slotCount: slots, precision: precision, threadCount: threads, kernels: kernels)
        var result = requests.map { _ in [DecodedRollout]() }
        func collect() { for rollout in batch.step() { result[rollout.request].append(rollout) } }
        for request in requests {
            try batch.submit(request)
            for _ in 0..<stepsBetween { collect() }
        }
        while !batch.isEmpty { collect() }
        return result.map { $0.sorted { $0.index < $1.index } }
    }

    private func batch(_ requests: [RolloutRequest], _ rollouts: [[DecodedRollout]]) -> PackedBatch {
        PackedBatch(
            zip(requests, rollouts).flatMap { request, rollouts in
                rollouts.map { TokenSequence(prompt: request.prompt, continuation: $0.tokens) }
            })
    }

    @Test(arguments: [1, 2, 3, 5, 8, 17, 64], [1, 2])
    func `recorded log-probabilities are the scorer's and the trainer's to the bit`(count: Int, threads: Int) throws {
        for shape in [TestShapes.main, TestShapes.grouped] {
            let model = try testModel(shape)
            let requests = try requests(count, seed: UInt64(count))
            let rollouts = try decode(model, requests, slots: 64, threads: threads)
            let packed = batch(requests, rollouts)
            #expect(packed.sequences.count == count)
            let recorded = rollouts.flatMap(\.self).map { bits($0.logProbabilities) }
            #expect(try recorded == bits(Scorer(model: model, threadCount: threads).logProbabilities(of: packed)))
            #expect(try recorded == bits(plainTrainer(model, threads: threads).logProbabilities(of: packed)))
        }
    }

    @Test(arguments: KernelChoice.all, Precision.allCases)
    func `with every precision and instruction set they agree, and are the best set's`(
        kernels: KernelChoice, precision: Precision
    ) throws {
        // More hidden values than one task computes.
        let model = try testModel(
            TestShapes.shape(context: 96, width: 32, layers: 2, heads: 4, keyValueHeads: 2, inner: 1_100))
        let requests = try requests(9, seed: 3)
        let rollouts = try decode(model, requests, slots: 5, threads: 2, precision: precision, kernels: kernels.set)
        let packed = batch(requests, rollouts)
        let recorded = rollouts.flatMap(\.self).map { bits($0.logProbabilities) }
        let scorer = Scorer(model: model, precision: precision, threadCount: 2, kernels: kernels.set)
        #expect(try recorded == bits(scorer.logProbabilities(of: packed)))
        if precision != .int8 {
            let trainer = Trainer(
                model: model, settings: AdamW(schedule: LearningRateSchedule(peak: 1)), precision: precision,
                threadCount: 2, kernels: kernels.set)
            #expect(try recorded == bits(trainer.logProbabilities(of: packed)))
        }
        guard kernels.set.is_fused == Kernels.best.is_fused else { return }
        let best = Scorer(model: model, precision: precision, threadCount: 1)
        #expect(try recorded == bits(best.logProbabilities(of: packed)))
    }

    @Test func `a rollout does not depend on slots, on admission or on threads`() throws {
        let model = try testModel(TestShapes.main)
        let requests = try requests(40, seed: 5)
        let expected = try decode(model, requests, slots: 64)
        for (slots, threads, steps) in [(1, 1, 0), (3, 2, 1), (17, 1, 3), (40, 2, 7)] {
            #expect(
                try decode(model, requests, slots: slots, threads: threads, stepsBetween: steps) == expected,
                "\(slots) slots, \(threads) threads")
        }
        var order = Array(requests.indices)
        var generator = SeededGenerator(seed: 6, name: "order")
        order.shuffle(using: &generator)
        let shuffled = try decode(model, order.map { requests[$0] }, slots: 9)
        for (place, index) in order.enumerated() {
            #expect(shuffled[place].map(\.tokens) == expected[index].map(\.tokens))
            #expect(
                shuffled[place].map { bits($0.logProbabilities) } == expected[index].map { bits($0.logProbabilities) })
        }
    }

    @Test func `greedy decoding takes the likeliest token of a full forward pass`() throws {
        let model = try testModel(TestShapes.wideHead)
        let prompt: [Token] = [72, 101, 108, 108, 111]
        let request = RolloutRequest(
            prompt: prompt, seeds: [0], settings: try DecodingSettings(temperature: 0, maximumNewTokens: 20))
        let found = try decode(model, [request], slots: 2)[0][0].tokens
        let reference = ReferenceTransformer(model)
        var tokens = prompt
        for token in found {
            let row = reference.logits(tokens)[tokens.count - 1]
            #expect(row.firstIndex(of: row.max() ?? 0) == Int(token))
            tokens.append(token)
        }
        #expect(found.count == 20 || found.last == 256)
    }

    @Test func `a rollout ends at the end-of-sequence token, at its limit, or at the context's end`() throws {
        let model = try testModel(TestShapes.tails)
        let long = try DecodingSettings(maximumNewTokens: 1000)
        let request = RolloutRequest(prompt: [1, 2, 3], seeds: (0..<200).map { $0 }, settings: long)
        let rollouts = try decode(model, [request], slots: 50)[0]
        #expect(rollouts.map(\.index) == Array(0..<200))
        for rollout in rollouts {
            #expect(rollout.tokens.count == rollout.logProbabilities.count)
            #expect(rollout.tokens.dropLast().allSatisfy { $0 != 256 })
            switch rollout.finish {
            case .endOfSequence: #expect(rollout.tokens.last == 256)
            case .length: #expect(rollout.tokens.count == 61 && rollout.tokens.last != 256)
            }
        }
        #expect(Set(rollouts.map(\.finish)).count == 2, "both ends occur among 200 rollouts of seeds 0 to 199")
    }

    @Test func `blocks are all given back, however requests share them`() throws {
        let model = try testModel(TestShapes.grouped)
        let batch = ContinuousBatch(model: model, slotCount: 7, threadCount: 1)
        var most = 0
        for request in try requests(60, seed: 9) {
            try batch.submit(request)
            _ = batch.step()
            most = max(most, batch.usedBlockCount)
        }
        while !batch.isEmpty { _ = batch.step() }
        #expect(most > 0)
        #expect(batch.usedBlockCount == 0)
    }

    @Test func `the longest context that a model may have costs nothing until it is used`() throws {
        let shape = TestShapes.shape(
            context: 1 << 24, width: 1024, layers: 1, heads: 4, keyValueHeads: 1, inner: 16)
        let model = try Model.random(shape: shape, seed: 1)
        let settings = try DecodingSettings(maximumNewTokens: 2)
        let rollouts = try decode(
            model, [RolloutRequest(prompt: [1, 2, 3], seeds: [1], settings: settings)], slots: 64)[0]
        #expect(!rollouts[0].tokens.isEmpty)
    }

    @Test func `prompts that do not fit are refused`() throws {
        let batch = ContinuousBatch(model: try testModel(TestShapes.tails), slotCount: 1, threadCount: 1)
        let settings = try DecodingSettings(maximumNewTokens: 1)
        for prompt in [[], [Token](repeating: 1, count: 64), [257], [-1]] as [[Token]] {
            #expect(throws: LanguageModelError.self) {
                try batch.submit(RolloutRequest(prompt: prompt, seeds: [1], settings: settings))
            }
        }
        #expect(batch.isEmpty)
    }
}
