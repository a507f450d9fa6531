import Basics
import Foundation
import Fuzzing
import ModelFiles
import Testing
import Tokenization

@testable import LanguageModel

/// Damaged models load or end in an error with a message; each kind of file has a process of its own with bounded memory.
@Suite struct `Damaged models` {
    private static let shape = TestShapes.shape(width: 4, layers: 1, heads: 2, keyValueHeads: 1, inner: 3, ties: false)

    private static func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "engine-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    /// Whether a model was read; the error must say something.
    private static func loads(_ path: String) -> Bool {
        do throws(LanguageModelError) {
            let model = try Model.load(path)
            precondition(model.flatParameters.count == model.shape.parameterCount)
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
                try testModel(Self.shape).writeHuggingFace(path)
                let files = try ["config.json", "model.safetensors", "tokenizer_config.json"].map { name in
                    let url = URL(filePath: path).appending(path: name)
                    return (url: url, bytes: Array(try Data(contentsOf: url)))
                }
                try FuzzRun.play("model-folder", slice: 300) { seed, generator in
                    let file = files[seed % 4 < 2 ? 0 : seed % 4 == 2 ? 1 : 2]
                    let damaged =
                        seed % 4 == 2
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
