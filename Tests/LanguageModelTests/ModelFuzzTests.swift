import Basics
import Foundation
import Fuzzing
import ModelFiles
import Testing

@testable import LanguageModel
@testable import Tokenization

/// Damaged models load or end in an error with a message; each kind of file has a process of its own with bounded memory.
@Suite struct `Damaged models` {
    private static let shape = TestShapes.shape(width: 4, layers: 1, heads: 2, keyValueHeads: 1, inner: 3, ties: false)

    private static func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "engine-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    /// One token a byte, and what a chat template needs.
    private static func chatTokenizer() throws -> Tokenizer {
        let special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
        return try Tokenizer(
            vocabulary: Vocabulary(
                spellings: (0..<256).map { [UInt8($0)] } + ["th", "the"].map { Array($0.utf8) }
                    + special.map { Array($0.utf8) },
                kinds: Array(repeating: .normal, count: 258) + special.map { _ in .control },
                merges: [(Array("t".utf8), Array("h".utf8)), (Array("th".utf8), Array("e".utf8))]),
            preTokenizer: .smollm,
            settings: [
                "tokenizer.ggml.bos_token_id": .uint32(258), "tokenizer.ggml.eos_token_id": .uint32(260),
                "tokenizer.ggml.padding_token_id": .uint32(258), "tokenizer.ggml.add_bos_token": .bool(true),
            ])
    }

    /// Whether a model was read and its tokenizer works; the error must say something.
    private static func loads(_ path: String) -> Bool {
        do throws(LanguageModelError) {
            let model = try Model.load(path)
            precondition(model.flatParameters.count == model.shape.parameterCount)
            let tokenizer = model.tokenizer
            let tokens = tokenizer.prompt(for: "2 é") + tokenizer.encode("a<|im_end|>", parsesSpecialTokens: true)
            precondition(tokens.allSatisfy { (0..<Token(model.shape.vocabularySize)).contains($0) }, "\(tokens)")
            precondition(tokenizer.huggingFaceFiles().count == 2 && tokenizer.ggufMetadata.count >= 6)
            return true
        } catch {
            precondition(error.message.count > 20, "an error that says nothing: \(error)")
            return false
        }
    }

    @Test func `damaged GGUF models`() async {
        let result = await #expect(processExitsWith: .success) {
            try Self.withFolder { folder in
                let path = folder.appending(path: "model.gguf").path
                try testModel(Self.shape).write(path)
                let whole = Array(try Data(contentsOf: URL(filePath: path)))
                let header = whole.count - 4 * Self.shape.parameterCount
                try FuzzRun.play("model-gguf", slice: 400) { seed, generator in
                    // The sizes stand in the first few hundred bytes, before the vocabulary.
                    let focus = seed % 2 == 0 ? 0..<640 : 0..<header
                    let damaged = Mutation.bytes(whole, focus: focus, using: &generator)
                    try Data(damaged).write(to: URL(filePath: path))
                    return Self.loads(path)
                }
            }
        }
        FuzzRun.report("model-gguf", failed: result == nil)
    }

    @Test func `damaged Hugging Face folders`() async {
        let result = await #expect(processExitsWith: .success) {
            try Self.withFolder { folder in
                let path = folder.appending(path: "model").path
                // More rows than tokens.
                let shape = TestShapes.shape(
                    vocabulary: 264, width: 4, layers: 1, heads: 2, keyValueHeads: 1, inner: 3, ties: false)
                try testModel(shape, tokenizer: .bytes(filledUpTo: 264)).writeHuggingFace(path)
                for (name, bytes) in try Self.chatTokenizer().huggingFaceFiles() {
                    try Data(bytes).write(to: URL(filePath: path).appending(path: name))
                }
                let template = URL(filePath: path).appending(path: "chat_template.jinja")
                try Data(ChatTemplateSource.chatML.utf8).write(to: template)
                // Configurations first, for they are the shortest.
                let files = try [
                    "config.json", "config.json", "tokenizer_config.json", "tokenizer.json", "model.safetensors",
                    "chat_template.jinja",
                ].map { name in
                    let url = URL(filePath: path).appending(path: name)
                    return (url: url, bytes: Array(try Data(contentsOf: url)))
                }
                try FuzzRun.play("model-folder", slice: 300) { seed, generator in
                    let file = files[Int(seed % 6)]
                    let damaged =
                        seed % 6 == 4
                        ? Mutation.bytes(file.bytes, focus: 0..<1024, using: &generator)
                        : Mutation.text(file.bytes, using: &generator)
                    try Data(damaged).write(to: file.url)
                    defer { try? Data(file.bytes).write(to: file.url) }
                    return Self.loads(path)
                }
            }
        }
        FuzzRun.report("model-folder", failed: result == nil)
    }
}
