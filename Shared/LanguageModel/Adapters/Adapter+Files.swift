internal import ModelFiles

extension Adapter {
    /// Writes a folder that PEFT loads on a model in transformers: `adapter_config.json` and
    /// `adapter_model.safetensors`; `path` names the whole folder or is untouched.
    ///
    /// - Parameters:
    ///   - path: a new or an empty folder.
    ///   - base: what PEFT is told that the adapter belongs to: a folder's path, or a name.
    /// - Throws: `inputOutput`.
    public func writePEFT(_ path: String, base: String) throws(LanguageModelError) {
        try LanguageModelError.translating { () throws(ModelFilesError) in
            var weights = try SafetensorsWriter()
            for pair in pairs {
                let name = HuggingFaceNames.name(of: pair.matrix.name)
                let stem = "base_model.model." + name.dropLast(".weight".count)
                weights.append(
                    .init(
                        name: "\(stem).lora_A.weight", shape: [settings.rank, pair.matrix.columns],
                        numbers: parameters.start + pair.a))
                weights.append(
                    .init(
                        name: "\(stem).lora_B.weight", shape: [pair.matrix.rows, settings.rank],
                        numbers: parameters.start + pair.b,
                        rowOrder: RotaryOrder.applies(to: pair.matrix.name)
                            ? RotaryOrder.rows(count: pair.matrix.rows, headWidth: shape.headWidth) : nil))
            }
            try OutputFolder.write(to: path) { (folder) throws(ModelFilesError) in
                try weights.write(to: "\(folder.path)/adapter_model.safetensors")
                try folder.write("adapter_config.json", settings.peftConfig(base: base).bytes)
            }
        }
    }

    /// Writes a GGUF adapter, which llama.cpp applies to a GGUF of the base; `path` names the whole file or is untouched.
    ///
    /// - Throws: `inputOutput`.
    public func write(_ path: String) throws(LanguageModelError) {
        try LanguageModelError.translating { () throws(ModelFilesError) in
            var writer = try GGUFWriter()
            writer.set("general.architecture", .string("llama"))
            writer.set("general.type", .string("adapter"))
            writer.set("adapter.type", .string("lora"))
            writer.set("adapter.lora.alpha", .float32(settings.alpha))
            for tensor in tensors {
                writer.append(
                    .init(
                        name: tensor.name, sizes: [tensor.columns, tensor.rows],
                        numbers: parameters.start + tensor.offset))
            }
            try writer.write(to: path)
        }
    }
}

extension AdapterSettings {
    /// `adapter_config.json`.
    fileprivate func peftConfig(base: String) -> JSONValue {
        .object([
            JSONMember("peft_type", .string("LORA")),
            JSONMember("task_type", .string("CAUSAL_LM")),
            JSONMember("base_model_name_or_path", .string(base)),
            JSONMember("r", .integer(rank)),
            JSONMember("lora_alpha", .number(Double(alpha))),
            JSONMember("lora_dropout", .integer(0)),
            JSONMember("target_modules", .array(targets.map { .string($0.rawValue) })),
            JSONMember("bias", .string("none")),
            JSONMember("fan_in_fan_out", .bool(false)),
            JSONMember("inference_mode", .bool(true)),
        ])
    }
}
