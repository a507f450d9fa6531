import Foundation
import ModelFiles
import Testing
import Tokenization

@testable import LanguageModel

@Suite struct `Hugging Face folders` {
    private func withFolder<T>(_ body: (URL) throws -> T) throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "engine-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    private let small = TestShapes.shape(width: 8, layers: 1, heads: 2, keyValueHeads: 1, inner: 3, ties: false)

    @Test(arguments: TestShapes.all)
    func `a model comes back from its folder to the bit`(shape: ModelShape) throws {
        let model = try testModel(shape)
        try withFolder { folder in
            let path = folder.appending(path: "model").path
            try model.writeHuggingFace(path)
            let read = try Model.load(path)
            #expect(read.shape == shape && read.name == "model")
            let text = "2 + 2 = é<|endoftext|>"
            #expect(read.tokenizer.vocabularySize == 257 && read.tokenizer.endOfSequence == 256)
            #expect(
                read.tokenizer.encode(text, parsesSpecialTokens: true)
                    == model.tokenizer.encode(text, parsesSpecialTokens: true))
            #expect(bits(read.flatParameters) == bits(model.flatParameters))
        }
    }

    @Test func `narrow storages round, and overflow is refused`() throws {
        let model = try testModel(small)
        try withFolder { folder in
            for storage in [TensorStorage.float16, .bfloat16] {
                let path = folder.appending(path: storage.name).path
                try model.writeHuggingFace(path, storage: storage)
                let read = try Model.load(path).flatParameters
                let tolerance: Float = storage == .float16 ? 0x1p-11 : 0x1p-8
                #expect(
                    zip(read, model.flatParameters).allSatisfy { abs($0 - $1) <= tolerance * max(abs($1), 0x1p-14) })
                #expect(bits(read) != bits(model.flatParameters))
            }
            let blocks = #expect(throws: LanguageModelError.self) {
                try model.writeHuggingFace(folder.appending(path: "b").path, storage: .q80)
            }
            #expect(blocks?.code == .unsupportedModel && blocks?.message.contains("Q8_0") == true)
            model.parameters.start[0] = 1e6
            let large = #expect(throws: LanguageModelError.self) {
                try model.writeHuggingFace(folder.appending(path: "l").path, storage: .float16)
            }
            #expect(large?.code == .unrepresentableNumber && large?.message.contains("embed_tokens") == true)
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "l").path))
        }
    }

    @Test func `rows of queries and keys move between the two orders of rotary pairs`() {
        // Two heads of four: a pair is (0, 1) and (2, 3) here, and (0, 2) and (1, 3) there.
        #expect(RotaryOrder.rows(count: 8, headWidth: 4) == [0, 2, 1, 3, 4, 6, 5, 7])
        #expect(RotaryOrder.rows(count: 6, headWidth: 6) == [0, 2, 4, 1, 3, 5])
        var matrix = (0..<12).map(Float.init)
        matrix.withUnsafeMutableBufferPointer {
            RotaryOrder.interleave($0.baseAddress!, rows: 6, columns: 2, headWidth: 6)
        }
        #expect(matrix == [0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11])
        #expect(RotaryOrder.applies(to: "blk.0.attn_k.weight") && RotaryOrder.applies(to: "blk.0.attn_q.weight"))
        #expect(!RotaryOrder.applies(to: "blk.0.attn_v.weight"))
    }

    @Test(arguments: [
        RopeScaling.linear(factor: 2.5),
        .llama3(factor: 32, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContextLength: 8192),
    ])
    func `scaled positions come back`(scaling: RopeScaling) throws {
        let shape = try ModelShape(
            vocabularySize: 257, contextLength: 64, width: 8, layerCount: 1, headCount: 2, keyValueHeadCount: 1,
            feedForwardWidth: 3, ropeTheta: 500_000, ropeScaling: scaling, normEpsilon: 1e-6)
        try withFolder { folder in
            let path = folder.appending(path: "model").path
            try testModel(shape).writeHuggingFace(path)
            #expect(try Model.load(path).shape == shape)
        }
    }

    /// The shape in a configuration of the smallest model, with some settings replaced and one removed.
    private func shape(
        _ changes: [String: JSONValue] = [:], without removed: String = ""
    ) throws(LanguageModelError) -> ModelShape {
        let config = small.huggingFaceConfig(storage: .float32, endOfSequence: 256)
        var members = (config.members ?? []).filter { changes[$0.key] == nil && $0.key != removed }
        for (key, value) in changes { members.append(JSONMember(key, value)) }
        return try ModelShape(huggingFace: .object(members), tensorCount: 12)
    }

    @Test func `settings that change nothing may be there or not`() throws {
        for key in [
            "hidden_act", "attention_bias", "mlp_bias", "head_dim", "rope_scaling", "eos_token_id", "model_type",
        ] {
            #expect(try shape(without: key) == small, "\(key)")
        }
        #expect(
            try shape(["architectures": .array([.string("MistralForCausalLM")]), "sliding_window": .null]) == small)
        #expect(try shape(["rope_scaling": .object([JSONMember("type", .string("default"))])]) == small)
        #expect(try shape(["rope_theta": .integer(10000)]) == small)
        // Newer versions of transformers write one object for both.
        let parameters = JSONValue.object([
            JSONMember("rope_theta", .number(10000)), JSONMember("rope_type", .string("default")),
        ])
        #expect(try shape(["rope_parameters": parameters], without: "rope_theta") == small)
        // Every head has its own keys unless it is said.
        #expect(try shape(["num_key_value_heads": .null]).keyValueHeadCount == 2)
    }

    @Test(arguments: [
        ("architectures", JSONValue.array([.string("Qwen2ForCausalLM")]), "LlamaForCausalLM, MistralForCausalLM"),
        ("architectures", .array([.string("Qwen2ForCausalLM")]), "it is Qwen2ForCausalLM"),
        ("architectures", .null, "it is missing"), ("hidden_act", .string("gelu"), "hidden_act"),
        ("attention_bias", .bool(true), "attention_bias"), ("mlp_bias", .bool(true), "mlp_bias"),
        ("sliding_window", .integer(4096), "sliding_window"), ("partial_rotary_factor", .number(0.5), "partial_rotary"),
        ("quantization_config", .object([]), "quantization_config"), ("head_dim", .integer(8), "head_dim"),
        ("rms_norm_eps", .string("1"), "rms_norm_eps"), ("hidden_size", .number(8.5), "hidden_size"),
        ("vocab_size", .null, "vocab_size"), ("num_hidden_layers", .integer(1 << 24), "num_hidden_layers"),
        ("num_hidden_layers", .integer(-1), "layerCount"), ("num_attention_heads", .integer(0), "headCount"),
        ("hidden_size", .integer(.max), "width"), ("rope_theta", .number(1e308), "ropeTheta"),
        ("rope_scaling", .object([JSONMember("rope_type", .string("yarn"))]), "default, linear, llama3; it is yarn"),
        ("rope_scaling", .object([JSONMember("factor", .integer(2))]), "it is missing"),
        ("rope_scaling", .object([JSONMember("type", .string("linear"))]), "factor"),
        ("rope_scaling", .object([JSONMember("type", .string("llama3"))]), "original_max_position_embeddings"),
    ])
    func `settings that are not computed are refused by name`(key: String, value: JSONValue, rule: String) {
        let error = #expect(throws: LanguageModelError.self) { try shape([key: value]) }
        #expect(error?.message.contains(rule) == true, "\(error as Any)")
    }

    @Test func `a configuration that is no object is refused`() {
        let error = #expect(throws: LanguageModelError.self) {
            try ModelShape(huggingFace: .array([]), tensorCount: 12)
        }
        #expect(error?.code == .malformedFile)
    }

    @Test func `a model may have more rows than its tokenizer has tokens, and not fewer`() throws {
        let shape = TestShapes.shape(vocabulary: 260, width: 8, layers: 1, heads: 2, keyValueHeads: 1, inner: 3)
        let model = try testModel(shape, tokenizer: .bytes(filledUpTo: 260))
        try withFolder { folder in
            let path = folder.appending(path: "model").path
            try model.writeHuggingFace(path)
            func load(tokens: Int) throws -> Model {
                for (name, bytes) in Tokenizer.bytes(filledUpTo: tokens).huggingFaceFiles() {
                    try Data(bytes).write(to: URL(filePath: path).appending(path: name))
                }
                return try Model.load(path)
            }
            let read = try load(tokens: 257)
            #expect(read.tokenizer.vocabularySize == 260 && read.tokenizer.isSpecial(259))
            #expect(read.tokenizer.encode("2<|unused-259|>", parsesSpecialTokens: true).count == 15)
            #expect(bits(read.flatParameters) == bits(model.flatParameters))
            // As both kinds of file again.
            for again in [folder.appending(path: "again").path, folder.appending(path: "again.gguf").path] {
                if again.hasSuffix("gguf") { try read.write(again) } else { try read.writeHuggingFace(again) }
                #expect(try Model.load(again).tokenizer == read.tokenizer)
            }
            let error = #expect(throws: LanguageModelError.self) { try load(tokens: 270) }
            #expect(error?.message.contains("has 260; of its 270 ") == true, "\(error as Any)")
        }
    }

    @Test func `files that are missing or do not fit are refused by name`() throws {
        let model = try testModel(small)
        try withFolder { folder in
            let path = folder.appending(path: "model").path
            try model.writeHuggingFace(path)
            for name in ["config.json", "model.safetensors", "tokenizer.json"] {
                let file = URL(filePath: path).appending(path: name)
                let bytes = try Data(contentsOf: file)
                try FileManager.default.removeItem(at: file)
                let error = #expect(throws: LanguageModelError.self) { try Model.load(path) }
                #expect(error?.message.contains(name) == true, "\(error as Any)")
                try bytes.write(to: file)
            }
            let config = URL(filePath: path).appending(path: "config.json")
            let text = try String(contentsOf: config, encoding: .utf8)
            for (from, to, rule) in [
                (
                    "\"intermediate_size\": 3", "\"intermediate_size\": 4",
                    "mlp.gate_proj.weight of [4, 8]; it has [3, 8]"
                ),
                ("\"num_hidden_layers\": 1", "\"num_hidden_layers\": 2", "model.layers.1.input_layernorm.weight"),
                ("\"vocab_size\": 257", "\"vocab_size\": 256", "model.embed_tokens.weight of [256, 8]"),
            ] {
                try text.replacing(from, with: to).write(to: config, atomically: true, encoding: .utf8)
                let error = #expect(throws: LanguageModelError.self) { try Model.load(path) }
                #expect(error?.code == .unsupportedModel && error?.message.contains(rule) == true, "\(error as Any)")
            }
        }
    }
}
