import Basics
import Foundation
import Testing

@testable import LanguageModel

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

    @Test func `all metadata types come back`() throws {
        let values: [(String, GGUFValue)] = [
            ("a", .uint8(255)), ("b", .int8(-128)), ("c", .uint16(65535)), ("d", .int16(-2)), ("e", .uint32(1 << 31)),
            ("f", .int32(-5)), ("g", .float32(-0.5)), ("h", .bool(true)), ("i", .string("π\u{0}")),
            ("j", .array(.array, [.array(.uint8, [.uint8(1)]), .array(.string, [])])), ("k", .uint64(.max)),
            ("l", .int64(.min)), ("m", .float64(0.1)),
        ]
        var writer = GGUFWriter()
        for (key, value) in values { writer.set(key, value) }
        let file = try GGUFFile(bytes: writer.header)
        #expect(file.metadata == Dictionary(uniqueKeysWithValues: values))
        #expect(file.tensors.isEmpty)
    }

    @Test func `half-precision tensors are read as the floats that they stand for`() throws {
        // One, the largest, the smallest, the smallest normal, minus two, minus zero, infinity.
        let patterns: [(UInt16, Float)] = [
            (0x3c00, 1), (0x7bff, 65504), (0x0001, 0x1p-24), (0x0400, 0x1p-14), (0xc000, -2), (0x8000, -0.0),
            (0x7c00, .infinity), (0x3555, 0.33325195),
        ]
        var header: [UInt8] = Array("GGUF".utf8)
        func append(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value.littleEndian) { header += $0 } }
        append(UInt32(2))
        append(UInt64(1))
        append(UInt64(0))
        append(UInt64(1))
        header += Array("t".utf8)
        append(UInt32(2))
        append(UInt64(4))
        append(UInt64(2))
        append(UInt32(1))
        append(UInt64(0))
        header += [UInt8](repeating: 0, count: 96 - header.count)
        for (pattern, _) in patterns { append(pattern) }
        let file = try GGUFFile(bytes: header)
        let tensor = try #require(file.tensor(named: "t"))
        #expect(tensor.sizes == [4, 2])
        #expect(bits(file.floats(tensor)) == bits(patterns.map(\.1)))
    }

    @Test func `every truncation ends in an error`() throws {
        let whole = try bytes(testModel(small))
        #expect(throws: Never.self) { try Model(GGUFFile(bytes: whole)) }
        // Padding after the last tensor is not needed, so only prefixes that lack numbers are wrong.
        let needed = whole.count - 31
        for length in stride(from: 0, to: needed, by: thorough(1, few: 61)) {
            #expect(throws: LanguageModelError.self, "length \(length)") {
                try Model(GGUFFile(bytes: Array(whole[..<length])))
            }
        }
    }

    @Test func `mutated files load or end in an error, and never trap`() throws {
        let whole = try bytes(testModel(small))
        let header = whole.count - 4 * small.parameterCount
        var refused = 0
        let count: UInt64 = thorough(4000, few: 200)
        for seed in 0..<count {
            var generator = SeededGenerator(seed: seed, name: "mutation")
            var mutated = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<min(header + 64, whole.count), using: &generator)
                mutated[place] = Bool.random(using: &generator) ? 255 : UInt8.random(in: 0...255, using: &generator)
            }
            do { _ = try Model(GGUFFile(bytes: mutated)) } catch { refused += 1 }
        }
        #expect(refused > count / 8, "mutations must reach the checks; \(refused) of \(count) were refused")
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
        let error = #expect(throws: LanguageModelError.self) { try GGUFFile(bytes: whole) }
        #expect(error?.code == .malformedFile, "\(field)")
    }

    @Test func `missing files and folders are refused with the path`() {
        for path in ["/no such file", "/tmp"] {
            let error = #expect(throws: LanguageModelError.self) { try Model.load(path) }
            #expect(error?.code == .inputOutput && error?.message.contains(path) == true)
        }
    }

    @Test func `another architecture is refused by name`() throws {
        var writer = GGUFWriter()
        Tokenizer.bytes.write(to: &writer)
        writer.set("general.architecture", .string("mamba"))
        let error = #expect(throws: LanguageModelError.self) { try Model(GGUFFile(bytes: writer.header)) }
        #expect(error?.code == .unsupportedModel && error?.message.contains("mamba") == true)
    }
}
