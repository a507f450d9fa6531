public import ModelFiles
import Tokenization

extension Model {
    /// Reads a model from a Hugging Face folder: `config.json`, safetensors and the tokenizer's files.
    ///
    /// - Throws: `inputOutput`, `malformedFile`, `unsupportedModel` or `invalidShape`, each naming the field.
    convenience init(_ folder: InputFolder) throws(LanguageModelError) {
        let (config, files) = try LanguageModelError.translating { () throws(ModelFilesError) in
            (try folder.json("config.json"), try SafetensorsFolder(folder))
        }
        let shape = try ModelShape(huggingFace: config, tensorCount: files.names.count)
        let layout = ParameterLayout(shape)
        // All tensors are checked before memory is taken for them, or for a token a row.
        let tensors = try layout.tensors.map { tensor throws(LanguageModelError) -> SafetensorsTensor in
            let name = HuggingFaceNames.name(of: tensor.name)
            let expected = tensor.isGain ? [tensor.columns] : [tensor.rows, tensor.columns]
            guard let found = files.tensor(named: name), found.shape == expected else {
                let shape = files.tensor(named: name).map { "has \($0.shape)" } ?? "is missing"
                throw LanguageModelError(
                    .unsupportedModel, "The sizes in config.json ask for tensor \(name) of \(expected); it \(shape).")
            }
            return found
        }
        let tokenizer = try Tokenizer(folder, vocabularySize: shape.vocabularySize)
        let parameters = FloatBuffer(count: layout.count)
        for (tensor, found) in zip(layout.tensors, tensors) {
            let target = parameters.start + tensor.offset
            files.read(found, into: target)
            guard RotaryOrder.applies(to: tensor.name) else { continue }
            RotaryOrder.interleave(target, rows: tensor.rows, columns: tensor.columns, headWidth: shape.headWidth)
        }
        let name = folder.path.split(separator: "/").last.map(String.init) ?? "unnamed"
        try self.init(shape: shape, tokenizer: tokenizer, name: name, parameters: parameters)
    }

    /// Writes a folder that transformers loads: `config.json`, `generation_config.json`, `model.safetensors` and the
    /// tokenizer's files; `path` names the whole folder or is untouched.
    ///
    /// - Parameters:
    ///   - path: a new or an empty folder.
    ///   - storage: what all tensors are stored as: `float32`, `float16` or `bfloat16`.
    /// - Throws: `inputOutput`, `unsupportedModel` for another storage, or `unrepresentableNumber`.
    public func writeHuggingFace(_ path: String, storage: TensorStorage = .float32) throws(LanguageModelError) {
        try LanguageModelError.translating { () throws(ModelFilesError) in
            let weights = try safetensors(storage: storage)
            try OutputFolder.write(to: path) { (folder) throws(ModelFilesError) in
                try weights.write(to: "\(folder.path)/model.safetensors")
                for (name, bytes) in tokenizer.huggingFaceFiles() { try folder.write(name, bytes) }
                let ends = (0..<Token(shape.vocabularySize)).filter(tokenizer.isEnd).map { JSONValue.integer(Int($0)) }
                let generation = JSONValue.object([JSONMember("eos_token_id", .array(ends))])
                try folder.write("generation_config.json", generation.bytes)
                let config = shape.huggingFaceConfig(storage: storage, endOfSequence: tokenizer.endOfSequence)
                try folder.write("config.json", config.bytes)
            }
        }
    }

    /// The weights to be written; refers to the model's memory.
    private func safetensors(storage: TensorStorage) throws(ModelFilesError) -> SafetensorsWriter {
        var writer = try SafetensorsWriter(storage: storage)
        for tensor in ParameterLayout(shape).tensors {
            writer.append(
                .init(
                    name: HuggingFaceNames.name(of: tensor.name),
                    shape: tensor.isGain ? [tensor.columns] : [tensor.rows, tensor.columns],
                    numbers: parameters.start + tensor.offset,
                    rowOrder: RotaryOrder.applies(to: tensor.name)
                        ? RotaryOrder.rows(count: tensor.rows, headWidth: shape.headWidth) : nil))
        }
        return writer
    }
}
