import Basics
public import LanguageModel
import Tokenization

/// Solves one question with a model, and gives the solution out while it is decoded.
public struct Solver {
    private let batch: ContinuousBatch
    private let settings: DecodingSettings
    private let seed: UInt64

    /// Prepares to solve.
    ///
    /// - Parameters:
    ///   - seed: from which everything follows that is drawn at random.
    ///   - threadCount: threads to compute with.
    public init(_ model: Model, settings: DecodingSettings, seed: UInt64, threadCount: Int) {
        batch = ContinuousBatch(model: model, slotCount: 1, threadCount: threadCount)
        self.settings = settings
        self.seed = seed
    }

    /// Solves a question.
    ///
    /// - Parameter show: gets each piece of the solution's text, without special tokens; the pieces together are the text.
    /// - Returns: the whole rollout.
    /// - Throws: `LanguageModelError` if the question does not fit the model's context.
    public func solve(_ question: String, show: (String) -> Void) throws -> DecodedRollout {
        let tokenizer = batch.model.tokenizer
        var generator = SeededGenerator(seed: seed, name: "0.r0")
        let request = try batch.submit(
            RolloutRequest(prompt: tokenizer.prompt(for: question), seeds: [generator.next()], settings: settings))
        var text = GrowingText()
        var shownCount = 0
        func showNew(of tokens: [Token]) {
            show(text.append(tokenizer.decodedBytes(tokens[shownCount...])))
            shownCount = tokens.count
        }
        while true {
            if let rollout = batch.step().first {
                showNew(of: rollout.tokens)
                show(text.finish())
                return rollout
            }
            showNew(of: batch.tokens(ofRequest: request, index: 0) ?? [])
        }
    }
}
