import Basics
public import LanguageModel
public import Tokenization

/// Samples a model without a run, many rollouts at once.
public struct Sampling {
    private let batch: ContinuousBatch
    private let settings: DecodingSettings
    private let seed: UInt64

    /// The most rollouts that are decoded at once.
    private static let slotCount = 64

    /// Prepares to sample.
    ///
    /// - Parameters:
    ///   - seed: from it and a rollout's prompt and place everything follows that is drawn at random.
    ///   - threadCount: threads to compute with.
    public init(_ model: Model, settings: DecodingSettings, seed: UInt64, threadCount: Int) {
        batch = ContinuousBatch(model: model, slotCount: Self.slotCount, threadCount: threadCount)
        self.settings = settings
        self.seed = seed
    }

    /// The model's tokenizer.
    public var tokenizer: Tokenizer { batch.model.tokenizer }

    /// Samples each prompt `count` times. Call it once.
    ///
    /// - Parameter finished: gets each rollout when it has ended, in whatever order that is; its `request` is the prompt's
    ///   place.
    /// - Throws: `LanguageModelError` if a prompt is empty or does not fit the model's context. Nothing is sampled then.
    public func run(_ prompts: [[Token]], count: Int, finished: (DecodedRollout) -> Void) throws {
        for (index, prompt) in prompts.enumerated() {
            let seeds = (0..<count).map { place in
                var generator = SeededGenerator(seed: seed, name: "\(index).r\(place)")
                return generator.next()
            }
            try batch.submit(RolloutRequest(prompt: prompt, seeds: seeds, settings: settings))
        }
        while !batch.isEmpty { for rollout in batch.step() { finished(rollout) } }
    }
}
