internal import CKernels

/// Memory for keys and values in blocks of sixteen tokens; a block holds all layers' keys and values of its tokens.
final class KeyValueBlocks {
    static let tokensPerBlock = Int(EF_BLOCK_TOKENS)

    static func blockCount(tokens: Int) -> Int { (tokens + tokensPerBlock - 1) / tokensPerBlock }

    private(set) var capacity = 0
    /// Bytes from one block to the next.
    let blockStride: Int
    /// Bytes from one key-value head to the next within a block.
    let headStride: Int
    /// Whether keys and values have 16 bits.
    let isHalf: Bool
    private let layerStride: Int
    private var buffer = RawBuffer(byteCount: 0)

    /// - Parameters:
    ///   - layerCount: 1 for a pass that needs each layer's keys only until its attention is done.
    ///   - precision: of the products; what is read as often as the weights is held as narrow, but for int8, as bf16.
    init(shape: ModelShape, layerCount: Int, precision: Precision) {
        isHalf = precision != .fp32
        headStride = 2 * shape.headWidth * Self.tokensPerBlock * (isHalf ? 2 : 4)
        let perLayer = shape.keyValueHeadCount * headStride
        blockStride = layerCount * perLayer
        layerStride = layerCount == 1 ? 0 : perLayer
    }

    /// Makes room for that many blocks; those that are there keep what they hold.
    func reserve(_ blocks: Int) {
        guard blocks > capacity else { return }
        let larger = RawBuffer(byteCount: blocks * blockStride)
        larger.start.copyMemory(from: buffer.start, byteCount: buffer.byteCount)
        (buffer, capacity) = (larger, blocks)
    }

    /// The part of the first block that belongs to a layer; the other blocks' parts follow at `blockStride`.
    func layer(_ index: Int) -> UnsafeMutableRawPointer { buffer.start + index * layerStride }

    /// Copies one block, in all layers.
    func copy(block source: Int32, to target: Int32) {
        (buffer.start + Int(target) * blockStride).copyMemory(
            from: buffer.start + Int(source) * blockStride, byteCount: blockStride)
    }
}
