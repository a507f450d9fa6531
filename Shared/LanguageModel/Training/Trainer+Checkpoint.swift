public import Basics
internal import ModelFiles

extension Trainer {
    /// Writes what is trained, its moments and the update count, to the bit, with the caller's own values; `path` names
    /// the whole file or is untouched. Gradients not yet used by an update are not part of it.
    ///
    /// The file is GGUF. Without an adapter `Model.load` reads the weights from it; with one it holds the adapter alone.
    ///
    /// - Parameters:
    ///   - base: the hash of the model that training began with, by which an adapter's base is found again.
    ///   - metadata: the caller's values by name.
    /// - Throws: `inputOutput`.
    public func writeCheckpoint(
        _ path: String, base: ContentHash? = nil, metadata: [String: CheckpointValue] = [:]
    ) throws(LanguageModelError) {
        var metadata = metadata
        metadata[Checkpoint.baseName] = base.map { .string($0.hexadecimal) }
        let model = adapted == nil ? try modelInPlace() : nil
        try LanguageModelError.translating { () throws(ModelFilesError) in
            try write(path, model, metadata)
        }
        // The writer refers to the model's memory.
        withExtendedLifetime(model) {}
    }

    /// Writes the model as it is now, as `model().write(path)` does, without a copy in memory.
    ///
    /// - Throws: `inputOutput`.
    public func writeModel(_ path: String) throws(LanguageModelError) { try modelInPlace().write(path) }

    /// The model whose parameters the next update changes: nobody may keep it.
    private func modelInPlace() throws(LanguageModelError) -> Model {
        try Model(shape: shape, tokenizer: tokenizer, name: name, parameters: transformer.parameters)
    }

    private func write(
        _ path: String, _ model: Model?, _ metadata: [String: CheckpointValue]
    ) throws(ModelFilesError) {
        var writer: GGUFWriter
        if let model {
            writer = try model.writer(storage: .float32)
        } else {
            writer = try GGUFWriter(storage: .float32)
        }
        writer.set(Checkpoint.updateKey, .uint64(UInt64(updateCount)))
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            switch value {
            case .string(let text): writer.set(Checkpoint.callerPrefix + key, .string(text))
            case .integer(let number): writer.set(Checkpoint.callerPrefix + key, .int64(Int64(number)))
            }
        }
        if let adapter = adapted?.adapter {
            writer.set(Checkpoint.rankKey, .uint32(UInt32(adapter.settings.rank)))
            writer.set(Checkpoint.alphaKey, .float32(adapter.settings.alpha))
            writer.set(
                Checkpoint.targetsKey, .array(.string, adapter.settings.targets.map { .string($0.rawValue) }))
            writer.append(
                .init(
                    name: Checkpoint.adapterName, sizes: [adapter.parameters.count],
                    numbers: adapter.parameters.start))
        }
        for (name, moment) in [(Checkpoint.firstMoment, state.first), (Checkpoint.secondMoment, state.second)] {
            writer.append(.init(name: name, sizes: [moment.count], numbers: moment.start))
        }
        try writer.write(to: path)
    }
}
