/// One tensor of a GGUF file: its name, sizes, and where its numbers lie.
public struct GGUFTensor: Hashable, Sendable {
    /// How numbers are stored; quantised types are not read yet.
    public enum Storage: UInt32, Hashable, Sendable {
        /// 32-bit floats.
        case float32 = 0
        /// 16-bit IEEE floats.
        case float16 = 1

        /// Bytes of one number.
        var byteCount: Int {
            switch self {
            case .float32: 4
            case .float16: 2
            }
        }
    }

    /// The name, unique in the file.
    public let name: String
    /// The sizes, the fastest-varying first: a matrix of [rows][columns] is (columns, rows).
    public let sizes: [Int]
    /// How numbers are stored.
    public let storage: Storage
    /// The product of the sizes.
    public let count: Int
    /// The first byte, counted from the start of the file.
    let fileOffset: Int
}

/// The value of an IEEE half-precision pattern; Swift's Float16 is missing on some processors.
func floatFromHalf(_ bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10) & 0x1f
    let fraction = UInt32(bits & 0x3ff)
    switch exponent {
    case 0:
        let magnitude = Float(fraction) * 0x1p-24
        return sign == 0 ? magnitude : -magnitude
    case 0x1f:
        return Float(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    default:
        return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
}
