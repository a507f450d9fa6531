/// Stands in for what ModelFiles and Model will have; goes when they do.
public enum TensorStorage: String, Sendable, CaseIterable {
    /// F32.
    case float32 = "F32"
    /// F16.
    case float16 = "F16"
    /// BF16.
    case bfloat16 = "BF16"
    /// Q8_0.
    case q80 = "Q8_0"

    /// All of them.
    public static var writable: [TensorStorage] { allCases }
    /// The name.
    public var name: String { rawValue }
    /// By its name.
    public init?(name: String) { self.init(rawValue: name.uppercased()) }
}

extension Model {
    /// Writes F32, whatever is asked.
    public func write(_ path: String, storage: TensorStorage) throws(LanguageModelError) { try write(path) }

    /// Writes nothing.
    public func writeHuggingFace(_ folder: String, storage: TensorStorage) throws(LanguageModelError) {
        throw LanguageModelError(.unsupportedModel, "Hugging Face folders are not written yet.")
    }
}
