import ModelFiles
import Tokenization

extension ModelShape {
    /// The classes of transformers whose computation is this engine's.
    private static let architectures = ["LlamaForCausalLM", "MistralForCausalLM"]

    /// Settings of `config.json` that change the computation, and the values that leave it as it is here.
    private static let fixed: [(key: String, allowed: [JSONValue], text: String)] = [
        ("hidden_act", [.string("silu")], "silu"),
        ("attention_bias", [.bool(false), .null], "false"),
        ("mlp_bias", [.bool(false), .null], "false"),
        ("sliding_window", [.null], "null"),
        ("partial_rotary_factor", [.integer(1), .number(1), .null], "1"),
        ("quantization_config", [.null], "missing"),
    ]

    /// The sizes in a folder's `config.json`.
    ///
    /// - Parameter tensorCount: the tensors that the folder's files have.
    init(huggingFace config: JSONValue, tensorCount: Int) throws(LanguageModelError) {
        guard config.members != nil else {
            throw LanguageModelError(.malformedFile, "The file config.json must hold an object; it does not.")
        }
        let architecture = config["architectures"]?.elements?.first?.string ?? "missing"
        guard Self.architectures.contains(architecture) else {
            throw LanguageModelError(
                .unsupportedModel,
                "The architecture in config.json must be one of \(Self.architectures.joined(separator: ", ")); it is "
                    + "\(architecture.prefix(80)).")
        }
        for (key, allowed, text) in Self.fixed {
            guard let value = config[key], !allowed.contains(value) else { continue }
            throw LanguageModelError(
                .unsupportedModel, "The setting \(key) in config.json must be \(text); it is \(value.abbreviated).")
        }
        func size(_ key: String) throws(LanguageModelError) -> Int {
            guard let value = config[key]?.integer else { throw config.wrong(key, "a whole number") }
            return value
        }
        guard let epsilon = config["rms_norm_eps"]?.number else { throw config.wrong("rms_norm_eps", "a number") }
        let heads = try size("num_attention_heads")
        let layers = try size("num_hidden_layers")
        // Before anything is made for each layer: a hostile count must not exhaust memory.
        guard layers <= tensorCount else {
            throw LanguageModelError(
                .unsupportedModel,
                "The setting num_hidden_layers must be the layers that the files have; it is \(layers) for "
                    + "\(tensorCount) tensors.")
        }
        try self.init(
            vocabularySize: size("vocab_size"), contextLength: size("max_position_embeddings"),
            width: size("hidden_size"), layerCount: layers, headCount: heads,
            keyValueHeadCount: config.isSet("num_key_value_heads") ? size("num_key_value_heads") : heads,
            feedForwardWidth: size("intermediate_size"), ropeTheta: Float(config.ropeTheta),
            ropeScaling: RopeScaling(huggingFace: config), normEpsilon: Float(epsilon),
            tiesEmbeddings: config["tie_word_embeddings"] == .bool(true))
        if config.isSet("head_dim"), try size("head_dim") != headWidth {
            throw LanguageModelError(
                .unsupportedModel,
                "The setting head_dim must be hidden_size / num_attention_heads, \(headWidth); it is "
                    + "\(try size("head_dim")).")
        }
    }

    /// What `config.json` says of these sizes.
    ///
    /// - Parameters:
    ///   - storage: what the tensors are stored as.
    ///   - endOfSequence: the token that ends an answer.
    func huggingFaceConfig(storage: TensorStorage, endOfSequence: Token) -> JSONValue {
        .object([
            JSONMember("architectures", .array([.string(Self.architectures[0])])),
            JSONMember("model_type", .string("llama")),
            JSONMember("vocab_size", .integer(vocabularySize)),
            JSONMember("max_position_embeddings", .integer(contextLength)),
            JSONMember("hidden_size", .integer(width)),
            JSONMember("intermediate_size", .integer(feedForwardWidth)),
            JSONMember("num_hidden_layers", .integer(layerCount)),
            JSONMember("num_attention_heads", .integer(headCount)),
            JSONMember("num_key_value_heads", .integer(keyValueHeadCount)),
            JSONMember("head_dim", .integer(headWidth)),
            JSONMember("hidden_act", .string("silu")),
            JSONMember("attention_bias", .bool(false)),
            JSONMember("mlp_bias", .bool(false)),
            JSONMember("rms_norm_eps", .shortest(normEpsilon)),
            JSONMember("rope_theta", .shortest(ropeTheta)),
            JSONMember("rope_scaling", ropeScaling.huggingFace),
            JSONMember("tie_word_embeddings", .bool(tiesEmbeddings)),
            JSONMember("bos_token_id", .null),
            JSONMember("eos_token_id", .integer(Int(endOfSequence))),
            JSONMember("torch_dtype", .string(storage.huggingFaceName)),
        ])
    }
}

extension RopeScaling {
    /// What `rope_parameters` or `rope_scaling` in `config.json` states.
    fileprivate init(huggingFace config: JSONValue) throws(LanguageModelError) {
        guard let scaling = config.ropeParameters else {
            self = .none
            return
        }
        func number(_ key: String) throws(LanguageModelError) -> Float {
            guard let value = scaling[key]?.number else { throw scaling.wrong(key, "a number") }
            return Float(value)
        }
        switch (scaling["rope_type"] ?? scaling["type"])?.string {
        case "default",
            nil where scaling["factor"] == nil:
            self = .none
        case "linear": self = .linear(factor: try number("factor"))
        case "llama3":
            guard let original = scaling["original_max_position_embeddings"]?.integer else {
                throw scaling.wrong("original_max_position_embeddings", "a whole number")
            }
            self = .llama3(
                factor: try number("factor"), lowFrequencyFactor: try number("low_freq_factor"),
                highFrequencyFactor: try number("high_freq_factor"), originalContextLength: original)
        case let type:
            throw LanguageModelError(
                .unsupportedModel,
                "The rope_type in config.json must be one of default, linear, llama3; it is "
                    + "\((type ?? "missing").prefix(80)).")
        }
    }

    /// The value of `rope_scaling` in `config.json`.
    fileprivate var huggingFace: JSONValue {
        switch self {
        case .none: .null
        case .linear(let factor):
            .object([JSONMember("rope_type", .string("linear")), JSONMember("factor", .shortest(factor))])
        case .llama3(let factor, let low, let high, let original):
            .object([
                JSONMember("rope_type", .string("llama3")), JSONMember("factor", .shortest(factor)),
                JSONMember("low_freq_factor", .shortest(low)), JSONMember("high_freq_factor", .shortest(high)),
                JSONMember("original_max_position_embeddings", .integer(original)),
            ])
        }
    }
}

extension TensorStorage {
    fileprivate var huggingFaceName: String {
        switch self {
        case .float16: "float16"
        case .bfloat16: "bfloat16"
        default: "float32"
        }
    }
}

extension JSONValue {
    /// A float as the shortest decimal that is read as it.
    fileprivate static func shortest(_ value: Float) -> JSONValue {
        .number(Double(value.description) ?? Double(value))
    }

    fileprivate func isSet(_ key: String) -> Bool { self[key].map { $0 != .null } ?? false }

    /// The object that newer and older versions of transformers write; nil when there is none.
    fileprivate var ropeParameters: JSONValue? {
        [self["rope_parameters"], self["rope_scaling"]].compactMap(\.self).first { $0.members != nil }
    }

    /// The base of the rotary wavelengths, 10,000 unless it is stated.
    fileprivate var ropeTheta: Double {
        (ropeParameters?["rope_theta"] ?? self["rope_theta"])?.number ?? 10_000
    }

    fileprivate func wrong(_ key: String, _ rule: String) -> LanguageModelError {
        LanguageModelError(
            .unsupportedModel,
            "The setting \(key) in config.json must be \(rule); it is \(self[key]?.abbreviated ?? "missing").")
    }

    /// The value for an error, on one line.
    fileprivate var abbreviated: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value): String(value.prefix(80))
        case .array: "an array"
        case .object: "an object"
        }
    }
}
