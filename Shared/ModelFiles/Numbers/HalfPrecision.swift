/// 16-bit IEEE floats; Swift's own Float16 is missing on some processors.
enum HalfPrecision {
    /// The value of a pattern.
    @inline(__always)
    static func float(_ bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) << 16
        let magnitude = UInt32(bits & 0x7fff) << 13
        let exponent = bits & 0x7c00
        // Three cases without a branch, so that loops over many become vector code.
        let normal = magnitude &+ (112 << 23)
        let subnormal = (Float(bitPattern: magnitude &+ (113 << 23)) - 0x1p-14).bitPattern
        let infinite = magnitude | 0x7f80_0000
        return Float(bitPattern: sign | (exponent == 0 ? subnormal : exponent == 0x7c00 ? infinite : normal))
    }

    /// The nearest pattern, ties to the even one; what is too large becomes infinity, and NaN stays NaN.
    @inline(__always)
    static func bits(_ value: Float) -> UInt16 {
        let pattern = value.bitPattern
        let sign = UInt16(truncatingIfNeeded: pattern >> 16) & 0x8000
        let magnitude = pattern & 0x7fff_ffff
        if magnitude > 0x7f80_0000 { return sign | 0x7e00 }
        // 65520 and above lie nearer to infinity than to 65504.
        if magnitude >= 0x477f_f000 { return sign | 0x7c00 }
        if magnitude < 0x3880_0000 {
            // Below 2^-14 patterns count units of 2^-24; adding 0.5 makes the addition do the rounding.
            let units = (Float(bitPattern: magnitude) + 0.5).bitPattern &- Float(0.5).bitPattern
            return sign | UInt16(truncatingIfNeeded: units)
        }
        let rounded = magnitude &- (112 << 23) &+ 0xfff &+ (magnitude >> 13 & 1)
        return sign | UInt16(truncatingIfNeeded: rounded >> 13)
    }
}
