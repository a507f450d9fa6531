import LanguageModel
import Objectives
import Tokenization
import Wire

/// An experience in the tokens of the model that is trained.
struct Example {
    /// What the learner does with it.
    enum Kind {
        case weighted(TokenSequence, weight: Float)
        case pair(chosen: TokenSequence, rejected: TokenSequence)
        case rollout(SampledTokens)
    }

    /// A rollout with what its tokens were sampled with, and their advantages.
    struct SampledTokens {
        let sequence: TokenSequence
        let behaviour: [Float]
        var advantages: [Double]
    }

    let lease: UInt64
    let id: String
    let body: [UInt8]
    private(set) var kind: Kind

    /// - Throws: `WireError`, or `LearnerError` if nothing can be learned from it.
    init(_ lease: Lease, tokenizer: Tokenizer) throws {
        self.lease = lease.id
        id = lease.item.id
        body = lease.item.body
        let experience = try Experience(decoding: lease.item.body)
        let context = experience.contextTokens.tokens
        guard !context.isEmpty || !experience.question.isEmpty, experience.weight.isFinite else {
            throw LearnerError("Experience has a question or a context, and a finite weight; \(lease.item.id) has not.")
        }
        switch experience.kind {
        case .weightedTokens:
            // A sampled solution keeps the tokens it was sampled as; only a reference solution is encoded here.
            let sequence =
                context.isEmpty
                ? TokenSequence(question: experience.question, solution: experience.solution, tokenizer: tokenizer)
                : TokenSequence(prompt: context, continuation: experience.chosenTokens.tokens)
            kind = .weighted(sequence, weight: experience.weight)
        case .preferencePair:
            guard !context.isEmpty, !experience.chosenTokens.isEmpty, !experience.rejectedTokens.isEmpty else {
                throw LearnerError(
                    "A pair's context and both continuations have tokens; those of \(lease.item.id) do not.")
            }
            kind = .pair(
                chosen: TokenSequence(prompt: context, continuation: experience.chosenTokens.tokens),
                rejected: TokenSequence(prompt: context, continuation: experience.rejectedTokens.tokens))
        case .advantages:
            let count = experience.chosenTokens.count
            guard !context.isEmpty, count > 0, experience.advantages.count == count,
                experience.chosenLogProbabilities.count == count, experience.advantages.allSatisfy(\.isFinite),
                experience.chosenLogProbabilities.allSatisfy(\.isFinite)
            else {
                throw LearnerError(
                    "Each of a rollout's tokens has a finite log-probability and advantage; those of \(lease.item.id) do not."
                )
            }
            kind = .rollout(
                SampledTokens(
                    sequence: TokenSequence(prompt: context, continuation: experience.chosenTokens.tokens),
                    behaviour: experience.chosenLogProbabilities, advantages: experience.advantages.map { Double($0) }))
        case .unspecified:
            throw LearnerError("Experience is weighted tokens, a pair or advantages; \(lease.item.id) is none.")
        }
    }

    /// Its sequences: one, or the chosen and the rejected.
    var sequences: [TokenSequence] {
        switch kind {
        case .weighted(let sequence, _): [sequence]
        case .pair(let chosen, let rejected): [chosen, rejected]
        case .rollout(let tokens): [tokens.sequence]
        }
    }

    /// The tokens of the longest sequence: what the model's context must hold.
    var length: Int { sequences.map(\.tokens.count).max() ?? 0 }
}

extension [Example] {
    /// The examples with the advantages of all their tokens normalised together.
    func normalised(by normalisation: BatchNormalisation) -> [Example] {
        let advantages = normalisation.applied(
            to: map { example in if case .rollout(let tokens) = example.kind { tokens.advantages } else { [] } })
        return zip(self, advantages).map { $0.withAdvantages($1) }
    }
}

extension Example {
    fileprivate func withAdvantages(_ advantages: [Double]) -> Example {
        guard case .rollout(var tokens) = kind else { return self }
        tokens.advantages = advantages
        var example = self
        example.kind = .rollout(tokens)
        return example
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
