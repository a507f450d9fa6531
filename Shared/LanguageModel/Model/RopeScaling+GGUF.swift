internal import ModelFiles

extension RopeScaling {
    /// The tensor that states each pair's divisor, where metadata does not.
    static let tensorName = "rope_freqs.weight"

    /// The rule behind the tensor, which GGUF has no keys for.
    private static let rulePrefix = "eightfold.rope_scaling."

    /// The rule that a file of this project states beside the tensor; nil in others.
    private static func rule(_ file: GGUFFile) -> RopeScaling? {
        guard let factor = file.metadata[rulePrefix + "factor"]?.number,
            let low = file.metadata[rulePrefix + "low_frequency_factor"]?.number,
            let high = file.metadata[rulePrefix + "high_frequency_factor"]?.number,
            let original = file.metadata[rulePrefix + "original_context_length"]?.integer
        else { return nil }
        return .llama3(
            factor: Float(factor), lowFrequencyFactor: Float(low), highFrequencyFactor: Float(high),
            originalContextLength: original)
    }

    /// Adds what metadata states of the scaling.
    func write(to writer: inout GGUFWriter) {
        switch self {
        case .none: break
        case .linear(let factor):
            writer.set("llama.rope.scaling.type", .string("linear"))
            writer.set("llama.rope.scaling.factor", .float32(factor))
        case .llama3(let factor, let low, let high, let original):
            writer.set(Self.rulePrefix + "factor", .float32(factor))
            writer.set(Self.rulePrefix + "low_frequency_factor", .float32(low))
            writer.set(Self.rulePrefix + "high_frequency_factor", .float32(high))
            writer.set(Self.rulePrefix + "original_context_length", .int64(Int64(original)))
        }
    }

    /// The scaling of a file of the llama architecture.
    ///
    /// - Throws: `unsupportedModel` for a rule that the engine does not have.
    init(_ file: GGUFFile, headWidth: Int, theta: Float) throws(LanguageModelError) {
        let type = file.metadata["llama.rope.scaling.type"]?.string ?? "none"
        switch (type, file.tensor(named: Self.tensorName)) {
        case ("none", nil): self = .none
        case ("linear", nil): self = .linear(factor: Float(file.metadata["llama.rope.scaling.factor"]?.number ?? 1))
        case ("none", let tensor?):
            guard tensor.count == headWidth / 2,
                let scaling = RopeScaling(
                    divisors: file.floats(tensor), stated: Self.rule(file), headWidth: headWidth, theta: theta)
            else {
                throw LanguageModelError(
                    .unsupportedModel,
                    "The tensor \(Self.tensorName) must state the scaling of Llama 3.1 and later; it states another one."
                )
            }
            self = scaling
        default:
            throw LanguageModelError(
                .unsupportedModel,
                "The key llama.rope.scaling.type must be none or linear, or the tensor \(Self.tensorName) must be there; "
                    + "it is \(type).")
        }
    }
}
