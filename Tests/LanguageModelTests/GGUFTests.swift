import Basics
import Foundation
import Testing
import Tokenization

@testable import LanguageModel
@testable import ModelFiles

@Suite struct `GGUF files` {
    private func withTemporaryPath<T>(_ body: (String) throws -> T) rethrows -> T {
        let path = FileManager.default.temporaryDirectory.appending(path: "engine-\(UUID().uuidString).gguf").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }

    private func bytes(_ model: Model) throws -> [UInt8] {
        try withTemporaryPath { path in
            try model.write(path)
            return Array(try Data(contentsOf: URL(filePath: path)))
        }
    }

    private let small = TestShapes.shape(width: 4, layers: 1, heads: 2, keyValueHeads: 1, inner: 3, ties: false)

    @Test(arguments: TestShapes.all)
    func `a model comes back from its file to the bit`(shape: ModelShape) throws {
        let model = try testModel(shape)
        try withTemporaryPath { path in
            try model.write(path)
            let read = try Model.load(path)
            #expect(read.shape == shape)
            #expect(read.tokenizer == model.tokenizer)
            #expect(read.name == model.name)
            #expect(bits(read.flatParameters) == bits(model.flatParameters))
        }
    }

    @Test(
        arguments: [
            .linear(factor: 4),
            .llama3(factor: 32, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContextLength: 8192),
        ] as [RopeScaling])
    func `a scaling of positions comes back from the file`(scaling: RopeScaling) throws {
        let shape = try ModelShape(
            vocabularySize: 257, contextLength: 64, width: 32, layerCount: 1, headCount: 2, keyValueHeadCount: 1,
            feedForwardWidth: 16, ropeTheta: 500_000, ropeScaling: scaling)
        try withTemporaryPath { path in
            try testModel(shape).write(path)
            #expect(try Model.load(path).shape == shape)
        }
    }

    @Test func `a tensor that would change the computation is refused by name`() throws {
        let model = try testModel(small)
        for (name, isRefused) in [("blk.0.attn_q.bias", true), ("output_norm.bias", true), ("eightfold.moment", false)]
        {
            try withTemporaryPath { path in
                var writer = try model.writer(storage: .float32)
                writer.append(.init(name: name, sizes: [4], numbers: model.parameters.start))
                try writer.write(to: path)
                guard isRefused else {
                    #expect(throws: Never.self) { try Model.load(path) }
                    return
                }
                let error = #expect(throws: LanguageModelError.self) { try Model.load(path) }
                #expect(error?.code == .unsupportedModel)
                #expect(error?.message.contains(name) == true)
            }
        }
    }

    @Test func `32-bit weights are used where they lie in the file, and others are copied`() throws {
        let shape = TestShapes.shape(width: 64, layers: 2, heads: 2, keyValueHeads: 1, inner: 96)
        let model = try testModel(shape)
        let batch = randomBatch(3, lengths: 3...22, seed: 21)
        let expected = try bits(Scorer(model: model, threadCount: 1).logProbabilities(of: batch))
        try withTemporaryPath { path in
            try model.write(path)
            let mapped = try Model.load(path)
            #expect(mapped.isMapped)
            #expect(try bits(Scorer(model: mapped, threadCount: 1).logProbabilities(of: batch)) == expected)
            try model.write(path, storage: .float16)
            #expect(try !Model.load(path).isMapped)
            // What was mapped before the file was replaced is still there.
            #expect(bits(mapped.flatParameters) == bits(model.flatParameters))
        }
    }

    @Test func `a write replaces the file as a whole and leaves nothing beside it`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "engine-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "model.gguf").path
        try testModel(small, seed: 1).write(path)
        try testModel(small, seed: 2).write(path)
        #expect(try bits(Model.load(path).flatParameters) == bits(testModel(small, seed: 2).flatParameters))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["model.gguf"])
        let error = #expect(throws: LanguageModelError.self) {
            try testModel(small).write(folder.appending(path: "none/model.gguf").path)
        }
        #expect(error?.code == .inputOutput)
    }

    @Test func `every truncation ends in an error`() throws {
        let whole = try bytes(testModel(small))
        #expect(throws: Never.self) { try Model(bytes: whole) }
        // Padding after the last tensor is not needed, so only prefixes that lack numbers are wrong.
        let needed = whole.count - 63
        for length in stride(from: 0, to: needed, by: thorough(1, few: 61)) {
            #expect(throws: LanguageModelError.self, "length \(length)") {
                try Model(bytes: Array(whole[..<length]))
            }
        }
    }

    @Test(arguments: [
        ("tensor count", 8, UInt64.max), ("metadata count", 16, UInt64.max), ("key length", 24, UInt64.max >> 1),
        ("key length", 24, 1 << 40),
    ])
    func `hostile counts are refused before memory is taken`(field: String, offset: Int, value: UInt64) throws {
        var whole = try bytes(testModel(small))
        withUnsafeBytes(of: value.littleEndian) { source in
            for (index, byte) in source.enumerated() { whole[offset + index] = byte }
        }
        let error = #expect(throws: ModelFilesError.self) { try GGUFFile(bytes: whole) }
        #expect(error?.code == .malformedFile, "\(field)")
    }

    @Test func `missing files and folders are refused with the path`() {
        for path in ["/no such file", "/tmp"] {
            let error = #expect(throws: LanguageModelError.self) { try Model.load(path) }
            #expect(error?.code == .inputOutput && error?.message.contains(path) == true)
        }
    }

    @Test func `another architecture is refused by name`() throws {
        var writer = try GGUFWriter()
        for (key, value) in Tokenizer.bytes.ggufMetadata { writer.set(key, value) }
        writer.set("general.architecture", .string("mamba"))
        let error = #expect(throws: LanguageModelError.self) { try Model(bytes: writer.header) }
        #expect(error?.code == .unsupportedModel && error?.message.contains("mamba") == true)
    }
}

extension Model {
    /// The model in a GGUF file's bytes.
    convenience init(bytes: [UInt8]) throws(LanguageModelError) {
        try self.init(LanguageModelError.translating { () throws(ModelFilesError) in try GGUFFile(bytes: bytes) })
    }
}
