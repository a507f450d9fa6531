import Basics
public import LanguageModel
import Tokenization

/// Measures how fast the engine trains and decodes, beside the rate of matrix products that this machine reaches.
public struct EngineBench: Sendable {
    /// A model that is measured.
    public struct Subject: Sendable {
        /// What it is called in the report.
        public var name: String
        /// Its sizes.
        public var shape: ModelShape
        /// Sequences of one training batch.
        public var sequences: Int
        /// Tokens of one sequence, all but the first of which are targets.
        public var sequenceTokens: Int
        /// Tokens that each rollout is decoded to.
        public var decodedTokens: Int
    }

    /// What is measured.
    public struct Plan: Sendable {
        /// The models, each measured on its own.
        public var subjects: [Subject]
        /// How many rollouts are decoded at once.
        public var slotCounts = [1, 16, 64]
        /// Repetitions of each measurement, after one that is not counted.
        public var repetitions = 3
        /// Threads to compute with.
        public var threadCount: Int
        /// How long sgemm is measured.
        public var productDuration = Duration.seconds(2)

        /// The measurement that `eightfold bench engine` makes.
        ///
        /// - Throws: never with these sizes.
        public init(threadCount: Int) throws(LanguageModelError) {
            self.threadCount = threadCount
            subjects = [try Self.tiny(), try Self.small()]
        }

        /// The quickstart's model: 0.8 million parameters.
        private static func tiny() throws(LanguageModelError) -> Subject {
            let shape = try ModelShape(
                vocabularySize: Tokenizer.bytes.vocabularySize, contextLength: 128, width: 128, layerCount: 4,
                headCount: 4, keyValueHeadCount: 4, feedForwardWidth: 344)
            return Subject(
                name: "0.8M (quickstart)", shape: shape, sequences: 80, sequenceTokens: 100, decodedTokens: 64)
        }

        /// The sizes of SmolLM2-135M.
        private static func small() throws(LanguageModelError) -> Subject {
            let shape = try ModelShape(
                vocabularySize: 49_152, contextLength: 512, width: 576, layerCount: 30, headCount: 9,
                keyValueHeadCount: 3, feedForwardWidth: 1_536)
            return Subject(
                name: "135M (SmolLM2's sizes)", shape: shape, sequences: 4, sequenceTokens: 257, decodedTokens: 32)
        }
    }

    private let plan: Plan

    /// Measures what the plan names.
    public init(_ plan: Plan) {
        self.plan = plan
    }

    /// Measures everything that the plan names.
    ///
    /// - Parameter note: gets a line before each measurement.
    public func run(note: (String) -> Void) throws -> EngineBenchReport {
        var report = EngineBenchReport(plan: plan)
        for subject in plan.subjects {
            note("\(subject.name): training")
            let model = try Model.random(
                shape: subject.shape, tokenizer: .bytes(filledUpTo: subject.shape.vocabularySize), seed: 1)
            var result = EngineBenchReport.Result(
                subject: subject, productRate: productRate(), training: try train(model, subject))
            for slots in plan.slotCounts {
                note("\(subject.name): decoding \(slots) at once")
                result.decoding.append((slots, productRate(), try decode(model, subject, slots: slots)))
            }
            report.results.append(result)
        }
        return report
    }

    /// Measured before each of the others, because other work on the machine comes and goes.
    private func productRate() -> Double {
        ProductRate.measure(threadCount: plan.threadCount, for: plan.productDuration)
    }

    /// Tokens a second of whole updates: forward, backward and optimiser.
    private func train(_ model: Model, _ subject: Subject) throws -> Spread {
        var generator = SeededGenerator(seed: 1, name: "bench")
        let batch = PackedBatch(
            (0..<subject.sequences).map { _ in
                let tokens = (0..<subject.sequenceTokens).map { _ in
                    Token.random(in: 0..<Token(subject.shape.vocabularySize), using: &generator)
                }
                return TokenSequence(tokens: tokens, targets: 1..<subject.sequenceTokens)
            })
        let trainer = Trainer(
            model: model, settings: AdamW(schedule: LearningRateSchedule(peak: 1e-4)), threadCount: plan.threadCount)
        let weight = -1 / Float(batch.targetCount)
        return try repeated(tokens: batch.rowCount) {
            try trainer.accumulate(batch) { $0.map { $0.map { _ in weight } } }
            _ = trainer.update()
        }
    }

    /// Tokens a second of rollouts that are all of one length, prefill of their one short prompt included.
    private func decode(_ model: Model, _ subject: Subject, slots: Int) throws -> Spread {
        let settings = try DecodingSettings(maximumNewTokens: subject.decodedTokens)
        let decoder = ContinuousBatch(model: model, slotCount: slots, threadCount: plan.threadCount)
        var generator = SeededGenerator(seed: 1, name: "seeds")
        var decoded = 0
        return try repeated(tokens: nil) {
            let prompt = (0..<24).map { _ in Token.random(in: 0..<256, using: &generator) }
            try decoder.submit(
                RolloutRequest(prompt: prompt, seeds: (0..<slots).map { _ in generator.next() }, settings: settings))
            decoded = 0
            while !decoder.isEmpty { decoded += decoder.step().reduce(0) { $0 + $1.tokens.count } }
        } counted: {
            decoded
        }
    }

    private func repeated(
        tokens: Int?, _ body: () throws -> Void, counted: () -> Int = { 0 }
    ) rethrows -> Spread {
        try body()
        return Spread(
            try (0..<plan.repetitions).map { _ in
                let time = try ContinuousClock().measure { try body() }
                return Double(tokens ?? counted()) / time.inSeconds
            })
    }
}
