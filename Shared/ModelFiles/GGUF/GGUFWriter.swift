/// Writes a GGUF file, version 3.
///
/// Tensors start at multiples of 64 bytes, so that those of a model can be used where they lie in the mapped file
/// (`GGUFFile.mappedFloats`).
public struct GGUFWriter {
    /// A tensor to write.
    public struct Tensor {
        /// The name, unique in the file.
        public let name: String
        /// The fastest-varying size first.
        public let sizes: [Int]
        /// The product of the sizes in numbers; the memory must live until the file is written.
        public let numbers: UnsafePointer<Float>

        /// Refers to the numbers and copies nothing.
        public init(name: String, sizes: [Int], numbers: UnsafePointer<Float>) {
            self.name = name
            self.sizes = sizes
            self.numbers = numbers
        }

        var count: Int { sizes.reduce(1, *) }
    }

    /// What tensors are written as, where their sizes allow it: see `TensorStorage.fitting(sizes:)`.
    public let storage: TensorStorage
    private var metadata: [(key: String, value: GGUFValue)] = []
    private var tensors: [Tensor] = []

    private static let alignment = 64

    /// A file without tensors, whose `general.alignment` and `general.file_type` follow from the storage.
    ///
    /// - Throws: `unsupportedFile` unless the storage is one of `TensorStorage.writable`.
    public init(storage: TensorStorage = .float32) throws(ModelFilesError) {
        guard let fileType = storage.ggufFileType else {
            let writable = TensorStorage.writable.map(\.name).joined(separator: ", ")
            throw ModelFilesError(
                .unsupportedFile, "Tensors are written as one of \(writable); \(storage.name) was asked for.")
        }
        self.storage = storage
        set("general.alignment", .uint32(UInt32(Self.alignment)))
        set("general.file_type", .uint32(fileType))
    }

    /// Adds a value; a key may be set once.
    public mutating func set(_ key: String, _ value: GGUFValue) { metadata.append((key, value)) }

    /// Adds a tensor after those before it.
    public mutating func append(_ tensor: Tensor) { tensors.append(tensor) }

    /// Writes under a temporary name beside `path`, makes it durable, and renames it, so that `path` never names a part.
    ///
    /// - Throws: `inputOutput`, or `unrepresentableNumber`; then nothing is left behind.
    public func write(to path: String) throws(ModelFilesError) {
        try OutputFile.write(to: path) { (file) throws(ModelFilesError) in
            try file.write(header)
            for tensor in tensors {
                let storage = storage.fitting(sizes: tensor.sizes)
                try file.write(tensor.numbers, count: tensor.count, as: storage, name: tensor.name)
                let byteCount = storage.byteCount(tensor.count)
                try file.write([UInt8](repeating: 0, count: Self.padded(byteCount) - byteCount))
            }
        }
    }

    /// Everything before the tensors' numbers, padded to the alignment.
    var header: [UInt8] {
        var bytes: [UInt8] = []
        Self.append(GGUFFile.magic, to: &bytes)
        Self.append(UInt32(3), to: &bytes)
        Self.append(UInt64(tensors.count), to: &bytes)
        Self.append(UInt64(metadata.count), to: &bytes)
        for (key, value) in metadata {
            Self.append(key, to: &bytes)
            Self.append(value.type.rawValue, to: &bytes)
            Self.append(value, to: &bytes)
        }
        var offset = 0
        for tensor in tensors {
            let storage = storage.fitting(sizes: tensor.sizes)
            Self.append(tensor.name, to: &bytes)
            Self.append(UInt32(tensor.sizes.count), to: &bytes)
            for size in tensor.sizes { Self.append(UInt64(size), to: &bytes) }
            Self.append(storage.ggufType, to: &bytes)
            Self.append(UInt64(offset), to: &bytes)
            offset += Self.padded(storage.byteCount(tensor.count))
        }
        bytes += [UInt8](repeating: 0, count: Self.padded(bytes.count) - bytes.count)
        return bytes
    }

    private static func padded(_ count: Int) -> Int { (count + alignment - 1) / alignment * alignment }

    private static func append(_ integer: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: integer.littleEndian) { bytes += $0 }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        append(UInt64(text.utf8.count), to: &bytes)
        bytes += text.utf8
    }

    private static func append(_ value: GGUFValue, to bytes: inout [UInt8]) {
        switch value {
        case .uint8(let value): append(value, to: &bytes)
        case .int8(let value): append(value, to: &bytes)
        case .uint16(let value): append(value, to: &bytes)
        case .int16(let value): append(value, to: &bytes)
        case .uint32(let value): append(value, to: &bytes)
        case .int32(let value): append(value, to: &bytes)
        case .float32(let value): append(value.bitPattern, to: &bytes)
        case .bool(let value): append(UInt8(value ? 1 : 0), to: &bytes)
        case .string(let value): append(value, to: &bytes)
        case .uint64(let value): append(value, to: &bytes)
        case .int64(let value): append(value, to: &bytes)
        case .float64(let value): append(value.bitPattern, to: &bytes)
        case .array(let type, let values):
            append(type.rawValue, to: &bytes)
            append(UInt64(values.count), to: &bytes)
            for value in values { append(value, to: &bytes) }
        }
    }
}
