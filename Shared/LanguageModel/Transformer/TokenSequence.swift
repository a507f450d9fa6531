public import Tokenization

/// One sequence of a packed batch: tokens, and which of them are to be scored.
public struct TokenSequence: Hashable, Sendable {
    /// The tokens, the first at position 0.
    public let tokens: [Token]
    /// The indices of the tokens whose log-probability is wanted, each given all tokens before it; starts at 1 or later.
    public let targets: Range<Int>

    /// Scores `tokens[targets]`. What the model cannot score is refused when the batch is used, with the reason.
    public init(tokens: [Token], targets: Range<Int>) {
        self.tokens = tokens
        self.targets = targets
    }

    /// Scores the continuation given the prompt, which must have at least one token.
    public init(prompt: [Token], continuation: [Token]) {
        self.init(tokens: prompt + continuation, targets: prompt.count..<(prompt.count + continuation.count))
    }

    /// A solved problem: scores the solution and the end of the sequence, given the question's prompt.
    public init(question: String, solution: String, tokenizer: Tokenizer) {
        self.init(
            prompt: tokenizer.prompt(for: question),
            continuation: tokenizer.encode(solution, parsesSpecialTokens: false) + [tokenizer.endOfSequence])
    }

    /// The number of positions that have to be computed: nothing after the last target's predecessor matters.
    var rowCount: Int { targets.isEmpty ? 0 : targets.upperBound - 1 }
}

/// Sequences that are computed together, one after the other in memory, without padding.
public struct PackedBatch: Hashable, Sendable {
    /// The sequences, in the order in which their results come back.
    public let sequences: [TokenSequence]

    /// Packs the sequences.
    public init(_ sequences: [TokenSequence]) {
        self.sequences = sequences
    }

    /// The most positions that one pass computes: what sequences begin with alike is computed once.
    public var rowCount: Int { sequences.reduce(0) { $0 + $1.rowCount } }

    /// The number of tokens that are scored.
    public var targetCount: Int { sequences.reduce(0) { $0 + $1.targets.count } }

    /// - Throws: `invalidBatch` naming the sequence that the shape cannot score.
    func check(against shape: ModelShape) throws(LanguageModelError) {
        for (index, sequence) in sequences.enumerated() {
            let (tokens, targets) = (sequence.tokens, sequence.targets)
            guard targets.isEmpty || (targets.lowerBound >= 1 && targets.upperBound <= tokens.count) else {
                throw LanguageModelError(
                    .invalidBatch,
                    "The targets of sequence \(index) must lie within 1..<\(tokens.count), for the first token has no "
                        + "prediction; they are \(targets).")
            }
            guard tokens.count <= shape.contextLength else {
                throw LanguageModelError(
                    .invalidBatch,
                    "Sequence \(index) has \(tokens.count) tokens; the model's context holds \(shape.contextLength).")
            }
            if let token = tokens.first(where: { $0 < 0 || $0 >= shape.vocabularySize }) {
                throw LanguageModelError(
                    .invalidBatch,
                    "Sequence \(index) has token \(token); the model's tokens are 0 to \(shape.vocabularySize - 1).")
            }
        }
    }
}
