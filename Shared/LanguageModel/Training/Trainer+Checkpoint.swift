internal import ModelFiles

/// A value that a caller stores beside a checkpoint's numbers.
public enum CheckpointValue: Hashable, Sendable {
    /// Text.
    case string(String)
    /// A whole number of 64 bits.
    case integer(Int)
}

/// What a checkpoint file holds besides the trainer itself.
public struct RestoredTrainer {
    /// Goes on exactly where the checkpoint was written.
    public let trainer: Trainer
    /// What the caller had stored.
    public let metadata: [String: CheckpointValue]
}

extension Trainer {
    private static let updateKey = "eightfold.update_count"
    private static let callerPrefix = "eightfold.caller."
    private static let firstMoment = "eightfold.first_moment"
    private static let secondMoment = "eightfold.second_moment"

    /// Writes weights, moments and the update count, to the bit, with the caller's own values; `path` names the whole
    /// file or is untouched. Gradients not yet used by an update are not part of it.
    ///
    /// The file is GGUF, and `Model.load` reads the weights from it.
    /// - Throws: `inputOutput`.
    public func writeCheckpoint(
        _ path: String, metadata: [String: CheckpointValue] = [:]
    ) throws(LanguageModelError) {
        let model = try model()
        try LanguageModelError.translating { () throws(ModelFilesError) in
            try write(path, model, metadata)
        }
        // The writer refers to the model's memory.
        withExtendedLifetime(model) {}
    }

    private func write(
        _ path: String, _ model: Model, _ metadata: [String: CheckpointValue]
    ) throws(ModelFilesError) {
        var writer = try model.writer(storage: .float32)
        writer.set(Self.updateKey, .uint64(UInt64(updateCount)))
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            switch value {
            case .string(let text): writer.set(Self.callerPrefix + key, .string(text))
            case .integer(let number): writer.set(Self.callerPrefix + key, .int64(Int64(number)))
            }
        }
        writer.append(.init(name: Self.firstMoment, sizes: [state.first.count], numbers: state.first.start))
        writer.append(.init(name: Self.secondMoment, sizes: [state.second.count], numbers: state.second.start))
        try writer.write(to: path)
    }

    /// Reads a checkpoint; training goes on from it as if it had never stopped, given the same settings.
    ///
    /// - Throws: what `Model.load` throws, or `invalidCheckpoint` when a part is missing.
    public static func restore(
        _ path: String, settings: AdamW, threadCount: Int
    ) throws(LanguageModelError) -> RestoredTrainer {
        let file = try LanguageModelError.translating { () throws(ModelFilesError) in try GGUFFile(path: path) }
        let trainer = Trainer(model: try Model(file), settings: settings, threadCount: threadCount)
        guard let count = file.metadata[updateKey]?.integer, count >= 0 else {
            throw LanguageModelError(
                .invalidCheckpoint, "A checkpoint must have the key \(updateKey); this file is a model without moments."
            )
        }
        trainer.state.updateCount = count
        for (name, buffer) in [(firstMoment, trainer.state.first), (secondMoment, trainer.state.second)] {
            guard let tensor = file.tensor(named: name), tensor.sizes == [buffer.count], tensor.storage == .float32
            else {
                throw LanguageModelError(
                    .invalidCheckpoint,
                    "A checkpoint must have the tensor \(name) of \(buffer.count) 32-bit floats; this one does not.")
            }
            file.read(tensor, into: buffer.start)
        }
        var metadata: [String: CheckpointValue] = [:]
        for (key, value) in file.metadata where key.hasPrefix(callerPrefix) {
            let name = String(key.dropFirst(callerPrefix.count))
            if let text = value.string { metadata[name] = .string(text) }
            if let number = value.integer { metadata[name] = .integer(number) }
        }
        return RestoredTrainer(trainer: trainer, metadata: metadata)
    }
}
