import Foundation
import Testing

@testable import LanguageModel
@testable import ModelFiles

/// What PEFT and llama.cpp make of the files is tried with them, in `Tests/Peers`.
@Suite struct `Files of an adapter` {
    private let shape = TestShapes.shape(width: 32, layers: 2, heads: 2, keyValueHeads: 1, inner: 48)

    private func adapter() throws -> Adapter {
        let adapter = Adapter(
            try AdapterSettings(rank: 3, alpha: 6, targets: [.query, .up]), shape: shape, seed: 5)
        for (index, value) in randomFloats(adapter.parameterCount, seed: 6).enumerated() {
            adapter.parameters.start[index] = value
        }
        return adapter
    }

    private func withTemporaryFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "adapter-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    @Test func `a GGUF adapter holds the factors under llama.cpp's names`() throws {
        let adapter = try adapter()
        try withTemporaryFolder { folder in
            try adapter.write("\(folder)/a.gguf")
            let file = try GGUFFile(path: "\(folder)/a.gguf")
            #expect(file.metadata["general.type"] == .string("adapter"))
            #expect(file.metadata["adapter.type"] == .string("lora"))
            #expect(file.metadata["adapter.lora.alpha"] == .float32(6))
            #expect(file.tensors.count == 8)
            let a = try #require(file.tensor(named: "blk.1.ffn_up.weight.lora_a"))
            let b = try #require(file.tensor(named: "blk.1.ffn_up.weight.lora_b"))
            #expect((a.sizes, b.sizes) == ([32, 3], [3, 48]))
            let pair = try #require(adapter.pairs.last)
            #expect(file.floats(b) == Array(adapter.flatParameters[pair.b..<(pair.b + 48 * 3)]))
        }
    }

    @Test func `a PEFT folder holds the factors with the rows of queries in half-split order`() throws {
        let adapter = try adapter()
        try withTemporaryFolder { folder in
            try adapter.writePEFT("\(folder)/peft", base: "base")
            let config = try JSONSerialization.jsonObject(
                with: Data(contentsOf: URL(filePath: "\(folder)/peft/adapter_config.json")))
            let values = try #require(config as? [String: Any])
            #expect(values["r"] as? Int == 3)
            #expect(values["lora_alpha"] as? Double == 6)
            #expect(values["target_modules"] as? [String] == ["q_proj", "up_proj"])
            let file = try SafetensorsFile(path: "\(folder)/peft/adapter_model.safetensors")
            let stem = "base_model.model.model.layers.0.self_attn.q_proj"
            let b = try #require(file.tensor(named: "\(stem).lora_B.weight"))
            #expect(b.shape == [32, 3])
            var rows = [Float](repeating: 0, count: 96)
            rows.withUnsafeMutableBufferPointer { file.read(b, into: $0.baseAddress!) }
            let ours = Array(adapter.flatParameters[adapter.pairs[0].b..<(adapter.pairs[0].b + 96)])
            // A head has 16 rows: pair i is rows 2i and 2i + 1 here, i and i + 8 there.
            for head in 0..<2 {
                for pair in 0..<8 {
                    for half in 0..<2 {
                        let (there, here) = (head * 16 + pair + 8 * half, head * 16 + 2 * pair + half)
                        #expect(rows[(there * 3)..<(there * 3 + 3)] == ours[(here * 3)..<(here * 3 + 3)])
                    }
                }
            }
        }
    }
}
