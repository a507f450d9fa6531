import LanguageModel
import Testing
import Tokenization
import Wire

@testable import LearnerCore

@Suite struct `An example` {
    private func example(_ experience: Experience) throws -> Example {
        try Example(
            Lease(id: 3, item: Item(id: "e1", queue: .experience, body: experience.encoded())), tokenizer: .bytes)
    }

    @Test func `of a solved problem has the solution and the end of the sequence as targets`() throws {
        let experience = Experience(kind: .weightedTokens, question: "1+1", solution: "#### 2", weight: 1)
        let example = try example(experience)
        #expect(example.lease == 3)
        #expect(example.id == "e1")
        #expect(example.body == experience.encoded())
        let sequence = try #require(example.sequences.first)
        #expect(example.sequences.count == 1)
        #expect(sequence.tokens == Array("1+1\n#### 2".utf8).map(Token.init) + [256])
        #expect(sequence.targets == 4..<11)
        #expect(example.length == 11)
    }

    @Test func `of a sampled solution keeps the tokens that were sampled`() throws {
        let example = try example(
            Experience(
                kind: .weightedTokens, question: "another", solution: "another", contextTokens: [1, 2],
                chosenTokens: [3, 4], weight: 0.5))
        guard case .weighted(let sequence, let weight) = example.kind else {
            Issue.record("weighted tokens became \(example.kind)")
            return
        }
        #expect(sequence == TokenSequence(tokens: [1, 2, 3, 4], targets: 2..<4))
        #expect(weight == 0.5)
    }

    @Test func `of a pair has two sequences with one context`() throws {
        let example = try example(
            Experience(
                kind: .preferencePair, contextTokens: [1, 2], chosenTokens: [3], rejectedTokens: [4, 5], weight: 1))
        #expect(
            example.sequences == [
                TokenSequence(tokens: [1, 2, 3], targets: 2..<3), TokenSequence(tokens: [1, 2, 4, 5], targets: 2..<4),
            ])
        #expect(example.length == 4)
    }

    @Test(
        arguments: [
            Experience(kind: .unspecified, contextTokens: [1], chosenTokens: [2]),
            Experience(kind: .preferencePair, contextTokens: [1], chosenTokens: [2]),
            Experience(kind: .preferencePair, contextTokens: [1], rejectedTokens: [2]),
            Experience(kind: .preferencePair, chosenTokens: [2], rejectedTokens: [3]),
            Experience(kind: .preferencePair, question: "1+1", chosenTokens: [2], rejectedTokens: [3]),
            Experience(kind: .weightedTokens, solution: "#### 2", weight: 1),
            Experience(kind: .weightedTokens, question: "1+1", solution: "#### 2", weight: .nan),
        ])
    func `is refused where nothing can be learned from it`(experience: Experience) {
        #expect(throws: LearnerError.self) { try example(experience) }
    }
}
