import Basics
import Foundation
public import LanguageModel
import Tokenization

/// One piece of work of the engine with a model of a file, measured once: what `deploy/compare-peers.sh` asks of each engine.
public struct WorkBench: Sendable {
    /// What is done.
    public enum Work: String, Sendable, CaseIterable {
        /// 128 tokens of each of some sequences with prompts of 128; prompts are not counted.
        case decode
        /// 64 tokens of each of 32 continuations of one prefix of 160 tokens, which is counted as time.
        case `continue`
        /// A prompt of 512 tokens, of whose last the next token is drawn.
        case prompt
        /// A whole training step on 8 sequences of 256 tokens.
        case train
        /// The same of an adapter of rank 16 on all matrices.
        case lora
        /// A DPO step, the reference policy's log-probabilities included, on 8 pairs of 256 tokens that share their first 160.
        case dpo

        /// The sequences that the work always has; nil where they are chosen.
        public var fixedSequences: Int? {
            switch self {
            case .decode: nil
            case .continue: 32
            case .prompt: 1
            case .train, .lora: 8
            case .dpo: 16
            }
        }
    }

    /// What is measured, and with what.
    public struct Plan: Sendable {
        /// What is done.
        public let work: Work
        /// Of the products' operands.
        public let precision: Precision
        /// The work's sequences.
        public let sequences: Int
        /// Threads to compute with.
        public let threadCount: Int

        /// See the properties.
        ///
        /// - Parameter decoded: the sequences of a work that has no number of its own.
        public init(work: Work, precision: Precision, decoded: Int, threadCount: Int) {
            self.work = work
            self.precision = precision
            self.sequences = work.fixedSequences ?? decoded
            self.threadCount = threadCount
        }
    }

    /// What came out.
    public struct Report: Sendable {
        /// What was measured.
        public let plan: Plan
        /// The tokens that count.
        public let tokens: Int
        /// How long they took.
        public let seconds: Double
        /// The most memory that this process has held, mapped files included.
        public let peakBytes: Int

        /// One JSON object, as the peers' scripts print it.
        public var json: JSONValue {
            .object([
                .init("engine", .text("eightfold")), .init("work", .text(plan.work.rawValue)),
                .init("precision", .text(plan.precision.rawValue)), .init("sequences", .integer(plan.sequences)),
                .init("threads", .integer(plan.threadCount)), .init("tokens", .integer(tokens)),
                .init("seconds", .real(seconds)), .init("peak_bytes", .integer(peakBytes)),
                .init("instructions", .text(Numerics.instructionSet)),
            ])
        }

        /// A line for people.
        public var text: String {
            "\(plan.work.rawValue), \(plan.precision.rawValue), \(plan.sequences) \(plan.sequences == 1 ? "sequence" : "sequences"), "
                + "\(plan.threadCount) threads: "
                + "\((Double(tokens) / seconds).whole) tokens/s, peak \(peakBytes >> 20) MiB"
        }
    }

    private let plan: Plan
    private let load: @Sendable () throws -> Model

    /// Measures the plan's work with a model.
    ///
    /// - Parameter load: loads the model; it is let go as soon as the work no longer needs it.
    public init(_ plan: Plan, load: @escaping @Sendable () throws -> Model) {
        self.plan = plan
        self.load = load
    }

    /// Does the work, or of decoding a few tokens, once without counting, and then once more, whose time it tells.
    public func run() throws -> Report {
        let (tokens, time) =
            switch plan.work {
            case .decode: try decode()
            case .continue: try decode(promptTokens: 160, newTokens: 64)
            case .prompt: try decode(promptTokens: 512, newTokens: 1, counted: 512)
            case .train: try train(adapter: nil)
            case .lora:
                try train(adapter: AdapterSettings(rank: 16, alpha: 16, targets: Set(AdapterTarget.allCases)))
            case .dpo: try dpo()
            }
        return Report(plan: plan, tokens: tokens, seconds: time.inSeconds, peakBytes: HostMeasures.peakBytes)
    }

    private func prompt(_ count: Int, _ shape: ModelShape, _ generator: inout SeededGenerator) -> [Token] {
        (0..<count).map { _ in Token.random(in: 0..<Token(shape.vocabularySize), using: &generator) }
    }

    // MARK: Decoding

    /// The steps after the first, which also computes the prompts.
    private func decode() throws -> (Int, Duration) {
        let batch = ContinuousBatch(
            model: try load(), slotCount: plan.sequences, precision: plan.precision, threadCount: plan.threadCount)
        var generator = SeededGenerator(seed: 1, name: "bench")
        func round(_ newTokens: Int) throws -> (Int, Duration) {
            let settings = try DecodingSettings(maximumNewTokens: newTokens, ignoresEndOfSequence: true)
            for _ in 0..<plan.sequences {
                try batch.submit(
                    RolloutRequest(
                        prompt: prompt(128, batch.model.shape, &generator), seeds: [generator.next()],
                        settings: settings))
            }
            _ = batch.step()
            var steps = 0
            let time = ContinuousClock().measure {
                while !batch.isEmpty {
                    _ = batch.step()
                    steps += 1
                }
            }
            return (steps * plan.sequences, time)
        }
        _ = try round(9)
        return try round(129)
    }

    /// Whole rollouts, their prompts included.
    private func decode(promptTokens: Int, newTokens: Int, counted: Int? = nil) throws -> (Int, Duration) {
        let batch = ContinuousBatch(
            model: try load(), slotCount: plan.sequences, precision: plan.precision, threadCount: plan.threadCount)
        var generator = SeededGenerator(seed: 1, name: "bench")
        let settings = try DecodingSettings(maximumNewTokens: newTokens, ignoresEndOfSequence: true)
        func round() throws -> (Int, Duration) {
            try batch.submit(
                RolloutRequest(
                    prompt: prompt(promptTokens, batch.model.shape, &generator),
                    seeds: (0..<plan.sequences).map { _ in generator.next() }, settings: settings))
            var tokens = 0
            let time = ContinuousClock().measure {
                while !batch.isEmpty { tokens += batch.step().reduce(0) { $0 + $1.tokens.count } }
            }
            return (counted ?? tokens, time)
        }
        _ = try round()
        return try round()
    }

    // MARK: Training

    private func trainer(_ model: Model, _ adapter: AdapterSettings? = nil) -> Trainer {
        Trainer(
            model: model, settings: AdamW(schedule: LearningRateSchedule(peak: 1e-5)),
            adapter: adapter.map { Adapter($0, shape: model.shape, seed: 1) }, precision: plan.precision,
            threadCount: plan.threadCount)
    }

    private func packs(_ groups: [[TokenSequence]], _ trainer: Trainer) throws -> [PackedBatch] {
        try trainer.batches(of: groups).map { PackedBatch($0.flatMap { groups[$0] }) }
    }

    private func steps(tokens: Int, _ step: () throws -> Void) rethrows -> (Int, Duration) {
        try step()
        return (tokens, try ContinuousClock().measure { try step() })
    }

    private func train(adapter: AdapterSettings?) throws -> (Int, Duration) {
        let trainer = trainer(try load(), adapter)
        var generator = SeededGenerator(seed: 1, name: "bench")
        let sequences = (0..<plan.sequences).map { _ in
            [TokenSequence(tokens: prompt(256, trainer.shape, &generator), targets: 1..<256)]
        }
        let packs = try packs(sequences, trainer)
        let weight = -1 / Float(plan.sequences * 255)
        return try steps(tokens: plan.sequences * 256) {
            for pack in packs { try trainer.accumulate(pack) { $0.map { $0.map { _ in weight } } } }
            _ = trainer.update()
        }
    }

    /// The targets are the solutions' tokens, those that a pair shares among them, as a learner has them.
    private func dpo() throws -> (Int, Duration) {
        let model = try load()
        let trainer = trainer(model)
        var generator = SeededGenerator(seed: 1, name: "bench")
        let pairs = (0..<plan.sequences / 2).map { _ in
            let shared = prompt(160, model.shape, &generator)
            return (0..<2).map { _ in
                TokenSequence(tokens: shared + prompt(96, model.shape, &generator), targets: 96..<256)
            }
        }
        let packs = try packs(pairs, trainer)
        let (beta, reference) = (0.1, Scorer(model: model, precision: plan.precision, threadCount: plan.threadCount))
        func sum(_ values: [Float]) -> Double { values.reduce(0) { $0 + Double($1) } }
        return try steps(tokens: plan.sequences * 256) {
            for pack in packs {
                let before = try reference.logProbabilities(of: pack).map(sum)
                try trainer.accumulate(pack) { logProbabilities in
                    let gains = zip(logProbabilities, before).map { sum($0) - $1 }
                    return logProbabilities.indices.map { index in
                        let pair = index / 2 * 2
                        let slope = -beta / (1 + exp(beta * (gains[pair] - gains[pair + 1]))) / Double(pairs.count)
                        return logProbabilities[index].map { _ in Float(index == pair ? slope : -slope) }
                    }
                }
            }
            _ = trainer.update()
        }
    }
}
