/// Reads one block of 256 numbers: the K formats, in which parts of 16 or 32 numbers have a small scale of their own.
///
/// - Source: the block structures of ggml; the tests compare with the Python package `gguf`.
enum Superblocks {
    static let count = 256

    /// 16 bytes of scale (low) and minimum (high), 64 of quants, d, dmin. value = d · scale · q − dmin · minimum.
    static func q2K(_ block: UnsafeRawPointer, _ target: UnsafeMutablePointer<Float>) {
        let scales = block.assumingMemoryBound(to: UInt8.self)
        let quants = scales + 16
        let d = Blocks.half(block + 80)
        let minimum = Blocks.half(block + 82)
        for part in 0..<16 {
            let scale = d * Float(scales[part] & 15)
            let offset = minimum * Float(scales[part] >> 4)
            // Eight parts share 32 bytes: two bits of each byte belong to one pair of parts.
            let bytes = quants + (part / 8 * 32 + part % 2 * 16)
            let shift = UInt8(part % 8 / 2 * 2)
            for index in 0..<16 {
                target[part * 16 + index] = scale * Float(bytes[index] &>> shift & 3) - offset
            }
        }
    }

    /// 32 bytes of third bits, 64 of low bits, 12 of scales, d. value = d · (scale − 32) · (q − 4).
    static func q3K(_ block: UnsafeRawPointer, _ target: UnsafeMutablePointer<Float>) {
        let high = block.assumingMemoryBound(to: UInt8.self)
        let quants = high + 32
        let scales = high + 96
        let d = Blocks.half(block + 108)
        for part in 0..<16 {
            let low = part < 8 ? scales[part] & 15 : scales[part - 8] >> 4
            let upper = scales[8 + part % 4] &>> UInt8(part / 4 * 2) & 3
            let scale = d * Float(Int32(low | upper << 4) - 32)
            let bytes = quants + (part / 8 * 32 + part % 2 * 16)
            let highBytes = high + part % 2 * 16
            let shift = UInt8(part % 8 / 2 * 2)
            let highShift = UInt8(part / 2)
            for index in 0..<16 {
                let quant = Int32(bytes[index] &>> shift & 3 | (highBytes[index] &>> highShift & 1) << 2)
                target[part * 16 + index] = scale * Float(quant &- 4)
            }
        }
    }

    /// d, dmin, 12 bytes of scales and minima, 128 of quants. value = d · scale · q − dmin · minimum.
    static func q4K(_ block: UnsafeRawPointer, _ target: UnsafeMutablePointer<Float>) {
        let quants = (block + 16).assumingMemoryBound(to: UInt8.self)
        for part in 0..<8 {
            let (scale, offset) = scaleAndOffset(block, part)
            let bytes = quants + part / 2 * 32
            let shift = UInt8(part % 2 * 4)
            for index in 0..<32 {
                target[part * 32 + index] = scale * Float(bytes[index] &>> shift & 15) - offset
            }
        }
    }

    /// As `q4K`, with 32 bytes of fifth bits before the quants.
    static func q5K(_ block: UnsafeRawPointer, _ target: UnsafeMutablePointer<Float>) {
        let high = (block + 16).assumingMemoryBound(to: UInt8.self)
        let quants = high + 32
        for part in 0..<8 {
            let (scale, offset) = scaleAndOffset(block, part)
            let bytes = quants + part / 2 * 32
            let shift = UInt8(part % 2 * 4)
            let highShift = UInt8(part)
            for index in 0..<32 {
                let quant = bytes[index] &>> shift & 15 | (high[index] &>> highShift & 1) << 4
                target[part * 32 + index] = scale * Float(quant) - offset
            }
        }
    }

    /// 128 bytes of low halves, 64 of upper bits, 16 scales, d. value = d · scale · (q − 32).
    static func q6K(_ block: UnsafeRawPointer, _ target: UnsafeMutablePointer<Float>) {
        let low = block.assumingMemoryBound(to: UInt8.self)
        let high = low + 128
        let scales = (block + 192).assumingMemoryBound(to: Int8.self)
        let d = Blocks.half(block + 208)
        for part in 0..<16 {
            let scale = d * Float(scales[part])
            // Each half of the block has four pairs of parts; the first two pairs lie in the low halves of the bytes.
            let pair = part % 8 / 2
            let lowBytes = low + (part / 8 * 64 + pair % 2 * 32 + part % 2 * 16)
            let highBytes = high + (part / 8 * 32 + part % 2 * 16)
            let lowShift = UInt8(pair / 2 * 4)
            let highShift = UInt8(pair * 2)
            for index in 0..<16 {
                let quant = lowBytes[index] &>> lowShift & 15 | (highBytes[index] &>> highShift & 3) << 4
                target[part * 16 + index] = scale * Float(Int32(quant) &- 32)
            }
        }
    }

    /// Part i's scale and minimum, 6 bits each: the first four whole, the others in the bits that are left over.
    private static func scaleAndOffset(_ block: UnsafeRawPointer, _ part: Int) -> (scale: Float, offset: Float) {
        let bytes = (block + 4).assumingMemoryBound(to: UInt8.self)
        let scale: UInt8
        let minimum: UInt8
        if part < 4 {
            scale = bytes[part] & 63
            minimum = bytes[part + 4] & 63
        } else {
            scale = bytes[part + 4] & 15 | (bytes[part - 4] >> 6) << 4
            minimum = bytes[part + 4] >> 4 | (bytes[part] >> 6) << 4
        }
        return (Blocks.half(block) * Float(scale), Blocks.half(block + 2) * Float(minimum))
    }
}
