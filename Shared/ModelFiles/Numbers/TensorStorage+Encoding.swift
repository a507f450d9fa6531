extension TensorStorage {
    /// Turns floats into one of the writable storages, rounding to the nearest, ties to even.
    ///
    /// - Parameter target: room for `byteCount(count)` bytes.
    /// - Returns: the index of the first number that the storage cannot hold, which is one that is not finite once
    ///   stored; nil when all were stored. 32-bit floats are copied whatever they are.
    func encode(_ source: UnsafePointer<Float>, count: Int, into target: UnsafeMutableRawPointer) -> Int? {
        precondition(count % blockCount == 0, "\(count) numbers of \(name)")
        switch self {
        case .float32:
            target.copyMemory(from: source, byteCount: 4 * count)
            return nil
        case .float16:
            return Self.encode(source, count, target, infinity: 0x7c00, HalfPrecision.bits)
        case .bfloat16:
            return Self.encode(source, count, target, infinity: 0x7f80, BrainFloat.bits)
        case .q80:
            for block in 0..<(count / blockCount) {
                let start = source + block * blockCount
                guard Self.encodeQ80(start, target + block * blockByteCount) else { return block * blockCount }
            }
            return nil
        default: preconditionFailure("\(name) is not written")
        }
    }

    @inline(__always)
    private static func encode(
        _ source: UnsafePointer<Float>, _ count: Int, _ target: UnsafeMutableRawPointer, infinity: UInt16,
        _ bits: (Float) -> UInt16
    ) -> Int? {
        // Looked at once at the end, so that the loop has no branch.
        var isFinite = true
        for index in 0..<count {
            let pattern = bits(source[index])
            isFinite = isFinite && pattern & infinity != infinity
            target.storeBytes(of: pattern, toByteOffset: 2 &* index, as: UInt16.self)
        }
        return isFinite ? nil : (0..<count).first { bits(source[$0]) & infinity == infinity }
    }

    /// One block: the scale is the largest magnitude / 127, rounded to 16 bits after the numbers are divided by it.
    ///
    /// - Source: ggml's reference quantisation, which rounds halves away from zero.
    /// - Returns: false when a number or the scale is not finite.
    private static func encodeQ80(_ source: UnsafePointer<Float>, _ target: UnsafeMutableRawPointer) -> Bool {
        var largest: Float = 0
        var isFinite = true
        for index in 0..<Blocks.count {
            largest = max(largest, source[index].magnitude)
            isFinite = isFinite && source[index].isFinite
        }
        let scale = largest / 127
        let pattern = HalfPrecision.bits(scale)
        guard isFinite, pattern != 0x7c00 else { return false }
        target.storeBytes(of: pattern, as: UInt16.self)
        // A scale whose inverse overflows is stored as zero, whatever the numbers.
        let inverse = scale > 0 && (1 / scale).isFinite ? 1 / scale : 0
        for index in 0..<Blocks.count {
            let quant = (source[index] * inverse).rounded(.toNearestOrAwayFromZero)
            target.storeBytes(of: Int8(quant), toByteOffset: 2 &+ index, as: Int8.self)
        }
        return true
    }
}
