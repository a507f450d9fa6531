public import ModelFiles
import Tokenization

extension Model {
    /// Reads a model of the llama architecture from a GGUF file, or from a Hugging Face folder.
    ///
    /// - Throws: `inputOutput`, `malformedFile`, `unsupportedModel` or `invalidShape`, each naming the field.
    public static func load(_ path: String) throws(LanguageModelError) -> Model {
        if let folder = InputFolder(path: path) { return try Model(folder) }
        return try Model(LanguageModelError.translating { () throws(ModelFilesError) in try GGUFFile(path: path) })
    }

    /// Takes a model from a parsed file, which it maps if it is one that `write` made of 32-bit floats; tensors that no
    /// Llama model has are left alone, but for those among its layers, which would change what it computes.
    ///
    /// - Throws: `unsupportedModel` or `invalidShape`.
    public convenience init(_ file: GGUFFile) throws(LanguageModelError) {
        let tokenizer = try LanguageModelError.translating { () throws(TokenizationError) in
            try Tokenizer(gguf: file.metadata)
        }
        let shape = try ModelShape(file, vocabularySize: tokenizer.vocabularySize)
        let layout = ParameterLayout(shape)
        try Self.refuseUnknownTensors(of: file, layout)
        // All tensors are checked before memory is taken for them.
        let tensors = try layout.tensors.map { tensor throws(LanguageModelError) -> GGUFTensor in
            let expected = tensor.isGain ? [tensor.columns] : [tensor.columns, tensor.rows]
            guard let found = file.tensor(named: tensor.name), found.sizes == expected else {
                let sizes = file.tensor(named: tensor.name).map { "has sizes \($0.sizes)" } ?? "is missing"
                throw LanguageModelError(
                    .unsupportedModel, "The file's sizes ask for tensor \(tensor.name) of \(expected); it \(sizes).")
            }
            return found
        }
        try self.init(
            shape: shape, tokenizer: tokenizer, name: file.metadata["general.name"]?.string ?? "unnamed",
            parameters: file.mappedFloats(tensors).map(FloatBuffer.init) ?? Self.copy(tensors, of: file, layout))
    }

    private static func refuseUnknownTensors(
        of file: GGUFFile, _ layout: ParameterLayout
    ) throws(LanguageModelError) {
        let known = Set(layout.tensors.map(\.name))
        let unknown = file.tensors.first {
            ($0.name.hasPrefix("blk.") || $0.name.hasPrefix("output")) && !known.contains($0.name)
        }
        guard let unknown else { return }
        throw LanguageModelError(
            .unsupportedModel,
            "A model's layers must have the tensors of the llama architecture, without biases, and no others; the file has "
                + "\(unknown.name).")
    }

    private static func copy(_ tensors: [GGUFTensor], of file: GGUFFile, _ layout: ParameterLayout) -> FloatBuffer {
        let parameters = FloatBuffer(count: layout.count)
        for (tensor, found) in zip(layout.tensors, tensors) { file.read(found, into: parameters.start + tensor.offset) }
        return parameters
    }

    /// Writes a GGUF file that llama.cpp loads; `path` names the whole file or is untouched.
    ///
    /// - Parameter storage: what matrices are stored as, one of `TensorStorage.writable`; gains stay 32-bit floats.
    /// - Throws: `inputOutput`, `unsupportedModel` for another storage, or `unrepresentableNumber`.
    public func write(_ path: String, storage: TensorStorage = .float32) throws(LanguageModelError) {
        try LanguageModelError.translating { () throws(ModelFilesError) in
            try writer(storage: storage).write(to: path)
        }
    }

    /// The file to be written; refers to the model's memory.
    func writer(storage: TensorStorage) throws(ModelFilesError) -> GGUFWriter {
        var writer = try GGUFWriter(storage: storage)
        shape.write(to: &writer, name: name)
        for (key, value) in tokenizer.ggufMetadata { writer.set(key, value) }
        for tensor in ParameterLayout(shape).tensors {
            writer.append(
                .init(
                    name: tensor.name, sizes: tensor.isGain ? [tensor.columns] : [tensor.columns, tensor.rows],
                    numbers: parameters.start + tensor.offset))
        }
        if let ropeDivisors {
            writer.append(
                .init(name: RopeScaling.tensorName, sizes: [ropeDivisors.count], numbers: ropeDivisors.start))
        }
        return writer
    }
}

extension ModelShape {
    /// The sizes in a file's `llama` metadata.
    init(_ file: GGUFFile, vocabularySize: Int) throws(LanguageModelError) {
        let architecture = file.metadata["general.architecture"]?.string ?? "missing"
        guard architecture == "llama" else {
            throw LanguageModelError(
                .unsupportedModel,
                "The key general.architecture must be one of those supported, which is llama alone; it is "
                    + "\(architecture.prefix(80)).")
        }
        func size(_ key: String) throws(LanguageModelError) -> Int {
            guard let value = file.metadata["llama.\(key)"]?.integer else {
                throw LanguageModelError(.unsupportedModel, "The key llama.\(key) must be an integer; it is missing.")
            }
            return value
        }
        guard let epsilon = file.metadata["llama.attention.layer_norm_rms_epsilon"]?.number else {
            throw LanguageModelError(
                .unsupportedModel, "The key llama.attention.layer_norm_rms_epsilon must be a number; it is missing.")
        }
        let heads = try size("attention.head_count")
        guard heads > 0 else {
            throw LanguageModelError(
                .invalidShape, "The key llama.attention.head_count must be positive; it is \(heads).")
        }
        let theta = Float(file.metadata["llama.rope.freq_base"]?.number ?? 10_000)
        let layers = try size("block_count")
        // Before anything is made for each layer: a hostile count must not exhaust memory.
        guard layers <= file.tensors.count else {
            throw LanguageModelError(
                .unsupportedModel,
                "The key llama.block_count must be the layers that the file has; it is \(layers) for "
                    + "\(file.tensors.count) tensors.")
        }
        try self.init(
            vocabularySize: vocabularySize, contextLength: size("context_length"), width: size("embedding_length"),
            layerCount: layers, headCount: heads,
            keyValueHeadCount: file.metadata["llama.attention.head_count_kv"]?.integer ?? heads,
            feedForwardWidth: size("feed_forward_length"),
            ropeTheta: theta, ropeScaling: RopeScaling(file, headWidth: size("embedding_length") / heads, theta: theta),
            normEpsilon: Float(epsilon),
            tiesEmbeddings: file.tensor(named: "output.weight") == nil)
        for key in ["rope.dimension_count", "attention.key_length", "attention.value_length"] {
            guard let value = file.metadata["llama.\(key)"]?.integer, value != headWidth else { continue }
            throw LanguageModelError(
                .unsupportedModel,
                "The key llama.\(key) must be embedding_length / head_count, \(headWidth); it is \(value).")
        }
    }

    func write(to writer: inout GGUFWriter, name: String) {
        writer.set("general.architecture", .string("llama"))
        writer.set("general.name", .string(name))
        writer.set("llama.vocab_size", .uint32(UInt32(vocabularySize)))
        writer.set("llama.context_length", .uint32(UInt32(contextLength)))
        writer.set("llama.embedding_length", .uint32(UInt32(width)))
        writer.set("llama.block_count", .uint32(UInt32(layerCount)))
        writer.set("llama.feed_forward_length", .uint32(UInt32(feedForwardWidth)))
        writer.set("llama.rope.dimension_count", .uint32(UInt32(headWidth)))
        writer.set("llama.rope.freq_base", .float32(ropeTheta))
        ropeScaling.write(to: &writer)
        writer.set("llama.attention.head_count", .uint32(UInt32(headCount)))
        writer.set("llama.attention.head_count_kv", .uint32(UInt32(keyValueHeadCount)))
        writer.set("llama.attention.layer_norm_rms_epsilon", .float32(normEpsilon))
    }
}
