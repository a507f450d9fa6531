internal import ModelFiles

extension RopeScaling {
    /// The tensor that states each pair's divisor, where metadata does not.
    static let tensorName = "rope_freqs.weight"

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
                let scaling = RopeScaling(divisors: file.floats(tensor), headWidth: headWidth, theta: theta)
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
