public import Tokenization

/// A language model: sizes, parameters, tokenizer and name. Immutable; a policy version is one.
///
/// `@unchecked Sendable`: `parameters` is written by the initialisers' callers in this module before the model is
/// shared, and never afterwards.
public final class Model: @unchecked Sendable {
    /// The sizes.
    public let shape: ModelShape
    /// Turns text to tokens and back.
    public let tokenizer: Tokenizer
    /// What the file calls it, for people.
    public let name: String
    /// All tensors in the order of `ParameterLayout`.
    let parameters: FloatBuffer
    /// What files state of a scaling of the rotary positions: each pair's divisor; nil if they state it otherwise.
    let ropeDivisors: FloatBuffer?

    init(shape: ModelShape, tokenizer: Tokenizer, name: String, parameters: FloatBuffer) throws(LanguageModelError) {
        guard tokenizer.vocabularySize == shape.vocabularySize else {
            throw LanguageModelError(
                .invalidShape,
                "A model's vocabulary must be its tokenizer's; the sizes are \(shape.vocabularySize) and "
                    + "\(tokenizer.vocabularySize).")
        }
        precondition(parameters.count == shape.parameterCount, "\(parameters.count) parameters for \(shape)")
        self.shape = shape
        self.tokenizer = tokenizer
        self.name = name
        self.parameters = parameters
        if case .llama3 = shape.ropeScaling {
            let divisors = shape.ropeScaling.divisors(headWidth: shape.headWidth, theta: shape.ropeTheta)
            let buffer = FloatBuffer(count: divisors.count)
            buffer.start.update(from: divisors, count: divisors.count)
            ropeDivisors = buffer
        } else {
            ropeDivisors = nil
        }
    }

    /// Whether the parameters are used as they lie in a file, so that processes on one host share them.
    public var isMapped: Bool { parameters.isMapped }

    /// A copy of the parameters in the order of the file's tensors, for comparisons.
    public var flatParameters: [Float] { Array(parameters.elements) }
}
