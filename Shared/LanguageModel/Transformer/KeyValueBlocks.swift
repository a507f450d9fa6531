internal import CKernels

/// Memory for keys and values in blocks of sixteen tokens, the same block numbers in every layer.
final class KeyValueBlocks {
    static let tokensPerBlock = Int(EF_BLOCK_TOKENS)

    static func blockCount(tokens: Int) -> Int { (tokens + tokensPerBlock - 1) / tokensPerBlock }

    let capacity: Int
    /// Floats of one block in one layer.
    let blockStride: Int
    private let layerCount: Int
    private let layerStride: Int
    private let buffer: FloatBuffer

    /// - Parameter layerCount: 1 for a pass that needs each layer's keys only until its attention is done.
    init(shape: ModelShape, blocks: Int, layerCount: Int) {
        capacity = blocks
        blockStride = 2 * shape.keyValueWidth * Self.tokensPerBlock
        self.layerCount = layerCount
        layerStride = layerCount == 1 ? 0 : blocks * blockStride
        buffer = FloatBuffer(count: layerCount * blocks * blockStride)
    }

    /// The first block of a layer.
    func layer(_ index: Int) -> UnsafeMutablePointer<Float> { buffer.start + index * layerStride }

    /// Copies one block, in all layers.
    func copy(block source: Int32, to target: Int32) {
        for index in 0..<layerCount {
            let base = layer(index)
            (base + Int(target) * blockStride).update(from: base + Int(source) * blockStride, count: blockStride)
        }
    }
}
