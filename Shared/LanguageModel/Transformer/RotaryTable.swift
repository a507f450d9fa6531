#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Cosines and sines of the rotary positions, [position][D], each angle's pair twice, the sine negated at even places.
///
/// - Source: Su et al. 2021 (RoFormer), equation 34; pairs are neighbours, as in GGUF files of the llama architecture.
final class RotaryTable {
    let cosine: FloatBuffer
    let sine: FloatBuffer

    init(shape: ModelShape) {
        let width = shape.headWidth
        cosine = FloatBuffer(count: shape.contextLength * width)
        sine = FloatBuffer(count: shape.contextLength * width)
        for pair in 0..<(width / 2) {
            let frequency = pow(Double(shape.ropeTheta), -2 * Double(pair) / Double(width))
            for position in 0..<shape.contextLength {
                let angle = Double(position) * frequency
                let index = position * width + 2 * pair
                cosine.start[index] = Float(cos(angle))
                cosine.start[index + 1] = Float(cos(angle))
                sine.start[index] = -Float(sin(angle))
                sine.start[index + 1] = Float(sin(angle))
            }
        }
    }
}
