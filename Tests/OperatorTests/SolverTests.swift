import Foundation
import LanguageModel
import Tokenization
import Testing
import Tokenization

@testable import OperatorCore

@Suite struct `A solver` {
    private func sampled(_ settings: DecodingSettings) throws -> DecodedRollout {
        var sampled: DecodedRollout?
        try Sampling(`Work on a model file`.model, settings: settings, seed: 3, threadCount: 1).run(
            [`Work on a model file`.model.tokenizer.prompt(for: "7; +5")], count: 1
        ) { sampled = $0 }
        return try #require(sampled)
    }

    @Test(arguments: [Float(0), 1]) func `gives out the rollout of its prompt, token by token`(temperature: Float)
        throws
    {
        let model = `Work on a model file`.model
        let settings = try DecodingSettings(temperature: temperature, maximumNewTokens: 40)
        var pieces: [String] = []
        let solver = Solver(model, settings: settings, seed: 3, threadCount: 1)
        let rollout = try solver.solve("7; +5") { pieces.append($0) }
        let expected = try sampled(settings)
        #expect((rollout.tokens, rollout.finish) == (expected.tokens, expected.finish))
        #expect(pieces.joined() == model.tokenizer.decode(expected.tokens))
        // A piece a token, and what was held back at the end.
        #expect(pieces.count == expected.tokens.count + 1)
    }

    @Test func `is a command that ends its output with a line, and tells of a cut on standard error`() throws {
        let folder = try TemporaryFolder()
        try `Work on a model file`.model.write(folder.file("tiny.gguf"))
        let cut = try Executable.run(
            "solve", "--model", "tiny.gguf", "7; +5", "--max-tokens", "3", folder: folder.url)
        #expect(cut.code == 0)
        let expected = try sampled(DecodingSettings(temperature: 0, maximumNewTokens: 3))
        let text = `Work on a model file`.model.tokenizer.decode(expected.tokens)
        #expect(cut.output == text + (text.hasSuffix("\n") ? "" : "\n"))
        #expect(cut.errors == "The solution was cut after 3 tokens; --max-tokens allows more.\n")
        let long = try Executable.run("solve", "--model", "tiny.gguf", "7; +5", folder: folder.url)
        #expect(long.errors == "The solution was cut after 58 tokens, where the model's context ends.\n")
    }
}
