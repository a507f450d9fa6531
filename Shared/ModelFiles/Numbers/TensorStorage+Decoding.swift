extension TensorStorage {
    /// Turns stored numbers into 32-bit floats.
    ///
    /// - Parameters:
    ///   - source: `byteCount(count)` bytes, at any alignment.
    ///   - count: a whole number of blocks.
    ///   - target: room for `count` floats.
    func decode(_ source: UnsafeRawPointer, count: Int, into target: UnsafeMutablePointer<Float>) {
        precondition(count % blockCount == 0, "\(count) numbers of \(name)")
        switch self {
        case .float32: UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: 4 * count)
        case .float16:
            for index in 0..<count {
                target[index] = HalfPrecision.float(
                    source.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self))
            }
        case .bfloat16:
            for index in 0..<count {
                target[index] = BrainFloat.float(source.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self))
            }
        case .q40: blocks(source, count, target, Blocks.q40)
        case .q41: blocks(source, count, target, Blocks.q41)
        case .q50: blocks(source, count, target, Blocks.q50)
        case .q51: blocks(source, count, target, Blocks.q51)
        case .q80: blocks(source, count, target, Blocks.q80)
        case .q2K: blocks(source, count, target, Superblocks.q2K)
        case .q3K: blocks(source, count, target, Superblocks.q3K)
        case .q4K: blocks(source, count, target, Superblocks.q4K)
        case .q5K: blocks(source, count, target, Superblocks.q5K)
        case .q6K: blocks(source, count, target, Superblocks.q6K)
        }
    }

    @inline(__always)
    private func blocks(
        _ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutablePointer<Float>,
        _ decode: (UnsafeRawPointer, UnsafeMutablePointer<Float>) -> Void
    ) {
        let (blockCount, blockByteCount) = (blockCount, blockByteCount)
        for block in 0..<(count / blockCount) {
            decode(source + block &* blockByteCount, target + block &* blockCount)
        }
    }
}
