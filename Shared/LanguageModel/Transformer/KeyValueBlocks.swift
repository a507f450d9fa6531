internal import CKernels

/// Memory for keys and values in blocks of sixteen tokens; a block holds all layers' keys and values of its tokens.
final class KeyValueBlocks {
    static let tokensPerBlock = Int(EF_BLOCK_TOKENS)

    static func blockCount(tokens: Int) -> Int { (tokens + tokensPerBlock - 1) / tokensPerBlock }

    private(set) var capacity = 0
    /// Floats from one block to the next.
    let blockStride: Int
    private let layerStride: Int
    private var buffer = FloatBuffer(count: 0)

    /// - Parameter layerCount: 1 for a pass that needs each layer's keys only until its attention is done.
    init(shape: ModelShape, layerCount: Int) {
        let perLayer = 2 * shape.keyValueWidth * Self.tokensPerBlock
        blockStride = layerCount * perLayer
        layerStride = layerCount == 1 ? 0 : perLayer
    }

    /// Makes room for that many blocks; those that are there keep what they hold.
    func reserve(_ blocks: Int) {
        guard blocks > capacity else { return }
        let larger = FloatBuffer(count: blocks * blockStride)
        larger.start.update(from: buffer.start, count: buffer.count)
        (buffer, capacity) = (larger, blocks)
    }

    /// The part of the first block that belongs to a layer; the other blocks' parts follow at `blockStride`.
    func layer(_ index: Int) -> UnsafeMutablePointer<Float> { buffer.start + index * layerStride }

    /// Copies one block, in all layers.
    func copy(block source: Int32, to target: Int32) {
        (buffer.start + Int(target) * blockStride).update(
            from: buffer.start + Int(source) * blockStride, count: blockStride)
    }
}
