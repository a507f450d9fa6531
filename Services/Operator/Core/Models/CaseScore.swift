public import LanguageModel
import ServiceKit
public import Tokenization

/// The log-probability that a model gives each token of a continuation.
public struct CaseScore: Sendable, Equatable {
    /// The continuation's tokens.
    public let tokens: [Token]
    /// The natural logarithm of the probability of each, given the prompt and the tokens before it.
    public let logProbabilities: [Float]

    /// For programs.
    public var json: JSONValue {
        .object([
            .init("tokens", .list(tokens.map { .integer($0) })),
            .init("logprobs", .list(logProbabilities.map { .real($0) })),
        ])
    }

    /// Scores cases in their order, some of them at a time.
    ///
    /// Prompt and continuation are encoded apart: no token is added, and the spelling of a special token is that token.
    /// - Parameter scored: gets each score in the order of the cases.
    /// - Throws: `ServiceError` of code `input` that names the case which the model cannot score.
    public static func score(_ cases: [ScoreCase], _ model: Model, threadCount: Int, scored: (CaseScore) -> Void) throws
    {
        let scorer = Scorer(model: model, threadCount: threadCount)
        var pack: [TokenSequence] = []
        func finish() throws {
            let logProbabilities = try scorer.logProbabilities(of: PackedBatch(pack))
            for (sequence, values) in zip(pack, logProbabilities) {
                scored(CaseScore(tokens: Array(sequence.tokens[sequence.targets]), logProbabilities: values))
            }
            pack = []
        }
        var rows = 0
        for (number, example) in cases.enumerated() {
            let prompt = model.tokenizer.encode(example.prompt, parsesSpecialTokens: true)
            let continuation = model.tokenizer.encode(example.continuation, parsesSpecialTokens: true)
            let count = prompt.count + continuation.count
            guard !prompt.isEmpty, count <= model.shape.contextLength else {
                throw ServiceError(
                    .input,
                    "A case has a prompt of at least 1 token, and at most \(model.shape.contextLength) tokens in all; "
                        + "case \(number + 1) has \(prompt.count) and \(count).")
            }
            if !pack.isEmpty, rows + count > packRows {
                try finish()
                rows = 0
            }
            pack.append(TokenSequence(prompt: prompt, continuation: continuation))
            rows += count
        }
        if !pack.isEmpty { try finish() }
    }

    /// The positions that are computed together.
    private static let packRows = 4_096
}
