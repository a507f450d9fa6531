import LanguageModel
import Testing
import Tokenization
import Wire

@testable import LearnerCore

@Suite struct `A round's reference policy` {
    private static func example(_ id: String, _ kind: ExperienceKind, _ chosen: [UInt32]) throws -> Example {
        let experience = Experience(
            kind: kind, contextTokens: [1, 2], chosenTokens: chosen, rejectedTokens: [7], weight: 1)
        return try Example(
            Lease(id: 1, item: Item(id: id, queue: .experience, body: experience.encoded())), tokenizer: .bytes)
    }

    @Test func `scores each example once, whatever comes with it`() throws {
        let pair = try Self.example("pair", .preferencePair, [3, 4])
        let other = try Self.example("other", .preferencePair, [5])
        let single = try Self.example("single", .weightedTokens, [6])
        var scored: [[Token]] = []
        let reference = ReferencePolicy { batch in
            scored += batch.sequences.map { Array($0.tokens[$0.targets]) }
            return batch.sequences.map { sequence in sequence.tokens[sequence.targets].map { -Float($0) } }
        }
        #expect(try reference.logProbabilities(of: [pair, single]) == [[-3, -4], [-7], [-6]])
        #expect(try reference.logProbabilities(of: [other, pair]) == [[-5], [-7], [-3, -4], [-7]])
        #expect(try reference.logProbabilities(of: [single, other]) == [[-6], [-5], [-7]])
        #expect(scored == [[3, 4], [7], [6], [5], [7]])
    }

    @Test func `keeps nothing of examples that it cannot score`() throws {
        let pair = try Self.example("pair", .preferencePair, [3])
        var isBroken = true
        let reference = ReferencePolicy { batch in
            if isBroken { throw LearnerError("no") }
            return batch.sequences.map { _ in [-1] }
        }
        #expect(throws: LearnerError.self) { try reference.logProbabilities(of: [pair]) }
        isBroken = false
        #expect(try reference.logProbabilities(of: [pair]) == [[-1], [-1]])
    }
}
