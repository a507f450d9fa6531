public import Basics
internal import ModelFiles

/// A value that a caller stores beside a checkpoint's numbers.
public enum CheckpointValue: Hashable, Sendable {
    /// Text.
    case string(String)
    /// A whole number of 64 bits.
    case integer(Int)
}

/// A checkpoint's file: a trainer that goes on exactly where it was written, and what the caller had stored.
public struct Checkpoint {
    /// What the caller had stored.
    public let metadata: [String: CheckpointValue]
    /// The hash of the model that training began with; nil if the caller stored none.
    public let base: ContentHash?
    /// The adapter that was trained; nil if all parameters were.
    public let adapter: AdapterSettings?
    private let file: GGUFFile
    private let path: String

    static let updateKey = "eightfold.update_count"
    static let callerPrefix = "eightfold.caller."
    static let baseName = "base"
    static let rankKey = "eightfold.adapter.rank"
    static let alphaKey = "eightfold.adapter.alpha"
    static let targetsKey = "eightfold.adapter.targets"
    static let adapterName = "eightfold.adapter"
    static let firstMoment = "eightfold.first_moment"
    static let secondMoment = "eightfold.second_moment"

    /// Reads a checkpoint's metadata.
    ///
    /// - Throws: `inputOutput`, `malformedFile`, or `invalidCheckpoint` when the file is no checkpoint.
    public init(_ path: String) throws(LanguageModelError) {
        file = try LanguageModelError.translating { () throws(ModelFilesError) in try GGUFFile(path: path) }
        self.path = path
        guard file.metadata[Self.updateKey]?.integer ?? -1 >= 0 else {
            throw LanguageModelError(
                .invalidCheckpoint,
                "A checkpoint must have the key \(Self.updateKey); \(path) is a model without moments.")
        }
        var metadata: [String: CheckpointValue] = [:]
        for (key, value) in file.metadata where key.hasPrefix(Self.callerPrefix) {
            let name = String(key.dropFirst(Self.callerPrefix.count))
            if let text = value.string { metadata[name] = .string(text) }
            if let number = value.integer { metadata[name] = .integer(number) }
        }
        if case .string(let text) = metadata.removeValue(forKey: Self.baseName) {
            base = ContentHash(hexadecimal: text)
        } else {
            base = nil
        }
        self.metadata = metadata
        guard let rank = file.metadata[Self.rankKey]?.integer else {
            adapter = nil
            return
        }
        let targets = file.metadata[Self.targetsKey]?.elements?.compactMap { $0.string.flatMap(AdapterTarget.init) }
        adapter = try AdapterSettings(
            rank: rank, alpha: Float(file.metadata[Self.alphaKey]?.number ?? 0), targets: Set(targets ?? []))
    }

    /// The trainer; it goes on as if it had never stopped, given the same settings.
    ///
    /// - Parameter base: the model that the adapter was trained on; of no use without one, and needed with one.
    /// - Throws: what `Model.load` throws, or `invalidCheckpoint` when a part is missing.
    public func trainer(
        base: Model?, settings: AdamW, recomputesActivations: Bool = false, precision: Precision = .fp32,
        threadCount: Int
    ) throws(LanguageModelError) -> Trainer {
        let trainer: Trainer
        if adapter != nil {
            guard let base, let adapter = try adapter(shape: base.shape) else {
                throw LanguageModelError(
                    .invalidCheckpoint, "The checkpoint \(path) holds an adapter; name the model that it belongs to.")
            }
            trainer = Trainer(
                model: base, settings: settings, adapter: adapter, recomputesActivations: recomputesActivations,
                precision: precision, threadCount: threadCount)
        } else {
            trainer = Trainer(
                model: try Model(file), settings: settings, recomputesActivations: recomputesActivations,
                precision: precision, threadCount: threadCount)
        }
        trainer.state.updateCount = file.metadata[Self.updateKey]?.integer ?? 0
        try read(Self.firstMoment, into: trainer.state.first)
        try read(Self.secondMoment, into: trainer.state.second)
        return trainer
    }

    /// The adapter with its factors; nil if all parameters were trained.
    ///
    /// - Throws: `invalidCheckpoint` when the factors are not those of a model of that shape.
    public func adapter(shape: ModelShape) throws(LanguageModelError) -> Adapter? {
        guard let settings = self.adapter else { return nil }
        let adapter = Adapter(settings, shape: shape)
        try read(Self.adapterName, into: adapter.parameters)
        return adapter
    }

    private func read(_ name: String, into buffer: FloatBuffer) throws(LanguageModelError) {
        guard let tensor = file.tensor(named: name), tensor.sizes == [buffer.count], tensor.storage == .float32
        else {
            throw LanguageModelError(
                .invalidCheckpoint,
                "The checkpoint \(path) must have the tensor \(name) of \(buffer.count) 32-bit floats; it does not.")
        }
        file.read(tensor, into: buffer.start)
    }
}
