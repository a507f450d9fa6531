import Foundation
import LanguageModel
import Problems
import Recipe
import ServiceKit
import Testing
import Tokenization

@testable import OperatorCore

@Suite struct `Work on a model file` {
    static let model = makeModel()

    private static func makeModel() -> Model {
        var shape = NewModel()
        (shape.width, shape.layers, shape.heads, shape.keyValueHeads) = (16, 1, 2, 1)
        (shape.feedForwardWidth, shape.contextLength) = (24, 64)
        do {
            return try Model.random(shape: ModelShape(shape), seed: 5)
        } catch {
            preconditionFailure("these sizes fit: \(error)")
        }
    }

    private func tokens(_ text: String) -> [Token] { Self.model.tokenizer.encode(text, parsesSpecialTokens: true) }

    @Test func `the same seed gives the same file, and an old file stays`() throws {
        let folder = try TemporaryFolder()
        var shape = NewModel()
        (shape.width, shape.layers, shape.heads, shape.keyValueHeads) = (16, 1, 2, 1)
        let made = try ModelFile.make(shape, seed: 3, at: folder.file("a.gguf"))
        _ = try ModelFile.make(shape, seed: 3, at: folder.file("b.gguf"))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file("a.gguf")))
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file("b.gguf"))) == bytes)
        #expect(try ModelFile.load(folder.file("a.gguf")).flatParameters == made.flatParameters)
        #expect(throws: ServiceError.self) { try ModelFile.make(shape, seed: 4, at: folder.file("a.gguf")) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file("a.gguf"))) == bytes)
    }

    @Test func `rollouts follow from the seed, and differ from each other`() throws {
        func sampled(seed: UInt64) throws -> [Int: String] {
            var texts: [Int: String] = [:]
            let settings = try DecodingSettings(maximumNewTokens: 8)
            let sampling = Sampling(Self.model, settings: settings, seed: seed, threadCount: 1)
            try sampling.run([tokens("1+1")], count: 3) { rollout in
                texts[rollout.index] = SampledText(rollout, Self.model.tokenizer).json.json
            }
            return texts
        }
        let first = try sampled(seed: 1)
        #expect(first.count == 3)
        #expect(try sampled(seed: 1) == first)
        #expect(try sampled(seed: 2) != first)
        #expect(Set(first.values.map { $0.drop { $0 != "," } }).count == 3)
    }

    @Test func `a score is what decoding recorded, and no token is added`() throws {
        var rollout: DecodedRollout?
        let sampling = Sampling(
            Self.model, settings: try DecodingSettings(maximumNewTokens: 6), seed: 1, threadCount: 1)
        try sampling.run([tokens("7; +5\n")], count: 1) { rollout = $0 }
        let decoded = try #require(rollout)
        // Latin letters and the end: bytes that are text by themselves.
        let text = "ab<|endoftext|>"
        var scores: [CaseScore] = []
        let cases = [
            ScoreCase(prompt: "7; +5\n", continuation: text), ScoreCase(prompt: "x", continuation: ""),
        ]
        try CaseScore.score(cases, Self.model, threadCount: 1) { scores.append($0) }
        #expect(scores[0].tokens == [97, 98, 256])
        #expect(scores[1].tokens == [])
        // The engine's own figures of the decoded tokens.
        let scored = try Scorer(model: Self.model, threadCount: 1).logProbabilities(
            of: PackedBatch([TokenSequence(prompt: tokens("7; +5\n"), continuation: decoded.tokens)]))[0]
        #expect(scored == decoded.logProbabilities)
        let apart = try Scorer(model: Self.model, threadCount: 1).logProbabilities(
            of: PackedBatch([TokenSequence(prompt: tokens("7; +5\n"), continuation: [97, 98, 256])]))[0]
        #expect(scores[0].logProbabilities == apart)
    }

    @Test func `many cases are scored in their order`() throws {
        let cases = (0..<300).map {
            ScoreCase(prompt: "case \($0)", continuation: String(repeating: "z", count: $0 % 20 + 1))
        }
        var counts: [Int] = []
        try CaseScore.score(cases, Self.model, threadCount: 2) { counts.append($0.tokens.count) }
        #expect(counts == cases.map(\.continuation.count))
    }

    @Test func `a case that does not fit is named`() throws {
        let error = #expect(throws: ServiceError.self) {
            try CaseScore.score(
                [ScoreCase(prompt: "a", continuation: "b"), ScoreCase(prompt: "", continuation: "b")], Self.model,
                threadCount: 1
            ) { _ in }
        }
        #expect(error?.message.contains("case 2") == true)
    }

    @Test func `cases are read a line each, and a bad line is named`() throws {
        let folder = try TemporaryFolder()
        let good = #"{"prompt":"a\n","continuation":"b","more":1}"#
        try Data("\(good)\n\n\(good)\n".utf8).write(to: URL(fileURLWithPath: folder.file("c")))
        #expect(
            try ScoreCase.read(folder.file("c")) == [
                ScoreCase(prompt: "a\n", continuation: "b"), ScoreCase(prompt: "a\n", continuation: "b"),
            ])
        try Data("\(good)\n\n{}".utf8).write(to: URL(fileURLWithPath: folder.file("c")))
        let error = #expect(throws: ServiceError.self) { try ScoreCase.read(folder.file("c")) }
        #expect(error?.message.contains("line 3") == true)
    }
}
