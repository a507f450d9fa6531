/// Reads one block of 32 numbers: the formats Q4_0, Q4_1, Q5_0, Q5_1 and Q8_0.
///
/// A block begins with a scale d, and a minimum m where it has one, as 16-bit floats. A byte of 4-bit numbers holds
/// number j in its low and number j + 16 in its high half; the fifth bits are a 32-bit word.
///
/// - Source: the block structures of ggml; the tests compare with the Python package `gguf`.
enum Blocks {
    static let count = 32

    /// value = d · (q − 8).
    @inline(__always)
    static func q40(_ block: UnsafeRawPointer, _ target: UnsafeMutablePointer<Float>) {
        let d = half(block)
        let quants = (block + 2).assumingMemoryBound(to: UInt8.self)
        for index in 0..<16 {
            target[index] = d * Float(Int32(quants[index] & 15) &- 8)
            target[index + 16] = d * Float(Int32(quants[index] >> 4) &- 8)
        }
    }

    /// value = d · q + m.
    @inline(__always)
    static func q41(_ block: UnsafeRawPointer, _ target: UnsafeMutablePointer<Float>) {
        let d = half(block)
        let m = half(block + 2)
        let quants = (block + 4).assumingMemoryBound(to: UInt8.self)
        for index in 0..<16 {
            target[index] = d * Float(Int32(quants[index] & 15)) + m
            target[index + 16] = d * Float(Int32(quants[index] >> 4)) + m
        }
    }

    /// value = d · (q − 16).
    @inline(__always)
    static func q50(_ block: UnsafeRawPointer, _ target: UnsafeMutablePointer<Float>) {
        let d = half(block)
        let high = word(block + 2)
        let quants = (block + 6).assumingMemoryBound(to: UInt8.self)
        for index in 0..<16 {
            target[index] = d * Float(fiveBits(quants[index] & 15, high, index) &- 16)
            target[index + 16] = d * Float(fiveBits(quants[index] >> 4, high, index &+ 16) &- 16)
        }
    }

    /// value = d · q + m.
    @inline(__always)
    static func q51(_ block: UnsafeRawPointer, _ target: UnsafeMutablePointer<Float>) {
        let d = half(block)
        let m = half(block + 2)
        let high = word(block + 4)
        let quants = (block + 8).assumingMemoryBound(to: UInt8.self)
        for index in 0..<16 {
            target[index] = d * Float(fiveBits(quants[index] & 15, high, index)) + m
            target[index + 16] = d * Float(fiveBits(quants[index] >> 4, high, index &+ 16)) + m
        }
    }

    /// value = d · q.
    @inline(__always)
    static func q80(_ block: UnsafeRawPointer, _ target: UnsafeMutablePointer<Float>) {
        let d = half(block)
        let quants = (block + 2).assumingMemoryBound(to: Int8.self)
        for index in 0..<32 { target[index] = d * Float(Int32(quants[index])) }
    }

    @inline(__always)
    static func half(_ place: UnsafeRawPointer) -> Float {
        HalfPrecision.float(UInt16(littleEndian: place.loadUnaligned(as: UInt16.self)))
    }

    @inline(__always)
    private static func word(_ place: UnsafeRawPointer) -> UInt32 {
        UInt32(littleEndian: place.loadUnaligned(as: UInt32.self))
    }

    @inline(__always)
    private static func fiveBits(_ low: UInt8, _ high: UInt32, _ index: Int) -> Int32 {
        Int32(low) | Int32(truncatingIfNeeded: high &>> UInt32(truncatingIfNeeded: index) & 1) &<< 4
    }
}
