import LanguageModel
import Tokenization
import Wire

/// An experience in the tokens of the model that is trained.
struct Example {
    /// What the learner does with it.
    enum Kind {
        case weighted(TokenSequence, weight: Float)
        case pair(chosen: TokenSequence, rejected: TokenSequence)
    }

    let lease: UInt64
    let id: String
    let body: [UInt8]
    let kind: Kind

    /// - Throws: `WireError`, or `LearnerError` if nothing can be learned from it.
    init(_ lease: Lease, tokenizer: Tokenizer) throws {
        self.lease = lease.id
        id = lease.item.id
        body = lease.item.body
        let experience = try Experience(decoding: lease.item.body)
        // A sampled solution keeps the tokens it was sampled as; only a reference solution is encoded here.
        let context =
            experience.contextTokens.isEmpty && !experience.question.isEmpty
            ? tokenizer.prompt(for: experience.question) : experience.contextTokens.tokens
        guard !context.isEmpty, experience.weight.isFinite else {
            throw LearnerError("Experience has a question or a context, and a finite weight; \(lease.item.id) has not.")
        }
        switch experience.kind {
        case .weightedTokens:
            let solution =
                experience.chosenTokens.isEmpty
                ? tokenizer.encode(experience.solution, parsesSpecialTokens: false) + [tokenizer.endOfSequence]
                : experience.chosenTokens.tokens
            kind = .weighted(TokenSequence(prompt: context, continuation: solution), weight: experience.weight)
        case .preferencePair:
            guard !experience.chosenTokens.isEmpty, !experience.rejectedTokens.isEmpty else {
                throw LearnerError("Both continuations of a pair have tokens; those of \(lease.item.id) do not.")
            }
            kind = .pair(
                chosen: TokenSequence(prompt: context, continuation: experience.chosenTokens.tokens),
                rejected: TokenSequence(prompt: context, continuation: experience.rejectedTokens.tokens))
        case .unspecified:
            throw LearnerError("Experience is weighted tokens or a pair; \(lease.item.id) is neither.")
        }
    }

    /// Its sequences: one, or the chosen and the rejected.
    var sequences: [TokenSequence] {
        switch kind {
        case .weighted(let sequence, _): [sequence]
        case .pair(let chosen, let rejected): [chosen, rejected]
        }
    }
}

extension [UInt32] {
    fileprivate var tokens: [Token] { map { Token(bitPattern: $0) } }
}

/// Why the learner cannot go on.
struct LearnerError: Error, CustomStringConvertible {
    let message: String
    init(_ message: String) { self.message = message }
    var description: String { message }
}
