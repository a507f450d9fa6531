/// How a file stores the numbers of a tensor: plainly, or in blocks that share a scale.
///
/// - Source: the layouts of ggml's types; safetensors files have the three plain ones.
public enum TensorStorage: Hashable, Sendable, CaseIterable {
    /// 32-bit IEEE floats.
    case float32
    /// 16-bit IEEE floats.
    case float16
    /// The upper half of 32-bit floats.
    case bfloat16
    /// Blocks of 32: a scale, and 4 bits a number around zero.
    case q40
    /// Blocks of 32: a scale and a minimum, and 4 bits a number.
    case q41
    /// Blocks of 32: a scale, and 5 bits a number around zero.
    case q50
    /// Blocks of 32: a scale and a minimum, and 5 bits a number.
    case q51
    /// Blocks of 32: a scale, and 8 bits a number around zero.
    case q80
    /// Blocks of 256: 2 bits a number, scales and minima of 4 bits for each 16.
    case q2K
    /// Blocks of 256: 3 bits a number, scales of 6 bits for each 16.
    case q3K
    /// Blocks of 256: 4 bits a number, scales and minima of 6 bits for each 32.
    case q4K
    /// Blocks of 256: 5 bits a number, scales and minima of 6 bits for each 32.
    case q5K
    /// Blocks of 256: 6 bits a number, scales of 8 bits for each 16.
    case q6K

    /// The storages that can be written.
    public static let writable: [TensorStorage] = [.float32, .float16, .bfloat16, .q80]

    /// The name that ggml gives it, such as F16 or Q8_0.
    public var name: String { properties.name }

    /// The storage of that name, in upper or lower case; nil when there is none.
    public init?(name: String) {
        let name = name.uppercased()
        guard let storage = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = storage
    }

    /// Numbers in one block; a row holds whole blocks. 1 for the plain storages.
    public var blockCount: Int { properties.blockCount }

    /// Bytes of one block.
    public var blockByteCount: Int { properties.blockByteCount }

    /// The type's number in a GGUF file.
    var ggufType: UInt32 { properties.ggufType }

    /// The storage of a GGUF type; nil for those that are not read.
    init?(ggufType: UInt32) {
        guard let storage = Self.allCases.first(where: { $0.ggufType == ggufType }) else { return nil }
        self = storage
    }

    /// The value of `general.file_type` for a model whose matrices are stored so; nil for storages that are not written.
    var ggufFileType: UInt32? {
        switch self {
        case .float32: 0
        case .float16: 1
        case .q80: 7
        case .bfloat16: 32
        default: nil
        }
    }

    /// Bytes of `count` numbers, a whole number of blocks.
    func byteCount(_ count: Int) -> Int { count / blockCount * blockByteCount }

    /// What a tensor of these sizes, the row's first, is written as when this storage is asked for.
    ///
    /// Vectors stay 32-bit floats, and rows that do not hold whole blocks become 16-bit floats, as llama.cpp's own
    /// conversion decides.
    public func fitting(sizes: [Int]) -> TensorStorage {
        guard sizes.count > 1 else { return .float32 }
        return sizes[0] % blockCount == 0 ? self : .float16
    }

    private struct Properties {
        let name: String
        let blockCount: Int
        let blockByteCount: Int
        let ggufType: UInt32
    }

    private var properties: Properties {
        switch self {
        case .float32: Properties(name: "F32", blockCount: 1, blockByteCount: 4, ggufType: 0)
        case .float16: Properties(name: "F16", blockCount: 1, blockByteCount: 2, ggufType: 1)
        case .bfloat16: Properties(name: "BF16", blockCount: 1, blockByteCount: 2, ggufType: 30)
        case .q40: Properties(name: "Q4_0", blockCount: 32, blockByteCount: 18, ggufType: 2)
        case .q41: Properties(name: "Q4_1", blockCount: 32, blockByteCount: 20, ggufType: 3)
        case .q50: Properties(name: "Q5_0", blockCount: 32, blockByteCount: 22, ggufType: 6)
        case .q51: Properties(name: "Q5_1", blockCount: 32, blockByteCount: 24, ggufType: 7)
        case .q80: Properties(name: "Q8_0", blockCount: 32, blockByteCount: 34, ggufType: 8)
        case .q2K: Properties(name: "Q2_K", blockCount: 256, blockByteCount: 84, ggufType: 10)
        case .q3K: Properties(name: "Q3_K", blockCount: 256, blockByteCount: 110, ggufType: 11)
        case .q4K: Properties(name: "Q4_K", blockCount: 256, blockByteCount: 144, ggufType: 12)
        case .q5K: Properties(name: "Q5_K", blockCount: 256, blockByteCount: 176, ggufType: 13)
        case .q6K: Properties(name: "Q6_K", blockCount: 256, blockByteCount: 210, ggufType: 14)
        }
    }
}
