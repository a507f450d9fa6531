#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Cosines and sines of the rotary positions, [position][D], each angle's pair twice, the sine negated at even places.
///
/// - Source: Su et al. 2021 (RoFormer), equation 34; pairs are neighbours, as in GGUF files of the llama architecture.
final class RotaryTable {
    private(set) var cosine = FloatBuffer(count: 0)
    private(set) var sine = FloatBuffer(count: 0)
    private let shape: ModelShape
    private var positionCount = 0

    init(shape: ModelShape) {
        self.shape = shape
    }

    /// Makes room for positions below `count`: contexts are long, and most sequences short.
    func reserve(positions count: Int) {
        guard count > positionCount else { return }
        positionCount = min(max(count, 2 * positionCount, 256), max(shape.contextLength, count))
        let width = shape.headWidth
        cosine = FloatBuffer(count: positionCount * width)
        sine = FloatBuffer(count: positionCount * width)
        for pair in 0..<(width / 2) {
            let plain = pow(Double(shape.ropeTheta), -2 * Double(pair) / Double(width))
            let frequency = plain / shape.ropeScaling.divisor(of: plain)
            for position in 0..<positionCount {
                let angle = Double(position) * frequency
                let index = position * width + 2 * pair
                let (cosine, sine) = (Float(cos(angle)), Float(sin(angle)))
                self.cosine.start[index] = cosine
                self.cosine.start[index + 1] = cosine
                self.sine.start[index] = -sine
                self.sine.start[index + 1] = sine
            }
        }
    }
}
