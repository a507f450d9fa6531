internal import Basics
public import Tokenization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension Model {
    /// A model to train from nothing: a function of its arguments.
    ///
    /// Gains are 1; matrices are normal with deviation 0.02, those that write to the residual stream with
    /// 0.02 / √(2 · layers).
    /// - Source: the initialisation of Radford et al. 2019 (GPT-2), section 2.3.
    /// - Throws: `invalidShape` when the tokenizer's vocabulary is not the shape's.
    public static func random(
        shape: ModelShape, tokenizer: Tokenizer = .bytes, name: String = "random", seed: UInt64
    ) throws(LanguageModelError) -> Model {
        let layout = ParameterLayout(shape)
        let parameters = FloatBuffer(count: layout.count)
        for tensor in layout.tensors {
            let start = parameters.start + tensor.offset
            guard !tensor.isGain else {
                start.update(repeating: 1, count: tensor.count)
                continue
            }
            let writesResidual = tensor.name.hasSuffix("attn_output.weight") || tensor.name.hasSuffix("ffn_down.weight")
            let deviation = 0.02 / (writesResidual ? (2 * Double(shape.layerCount)).squareRoot() : 1)
            var generator = SeededGenerator(seed: seed, name: tensor.name)
            for index in 0..<tensor.count {
                // Box and Muller's transform; 1 − u keeps the logarithm finite.
                let radius = (-2 * log(1 - Double(generator.nextUnitFloat()))).squareRoot()
                let angle = 2 * Double.pi * Double(generator.nextUnitFloat())
                start[index] = Float(deviation * radius * cos(angle))
            }
        }
        return try Model(shape: shape, tokenizer: tokenizer, name: name, parameters: parameters)
    }
}
