/// bfloat16: the upper 16 bits of a 32-bit float.
enum BrainFloat {
    /// The value of a pattern.
    @inline(__always)
    static func float(_ bits: UInt16) -> Float { Float(bitPattern: UInt32(bits) << 16) }

    /// The nearest pattern, ties to the even one; what is too large becomes infinity, and NaN stays NaN.
    @inline(__always)
    static func bits(_ value: Float) -> UInt16 {
        let pattern = value.bitPattern
        if pattern & 0x7fff_ffff > 0x7f80_0000 { return UInt16(truncatingIfNeeded: pattern >> 16) | 0x40 }
        return UInt16(truncatingIfNeeded: (pattern &+ 0x7fff &+ (pattern >> 16 & 1)) >> 16)
    }
}
