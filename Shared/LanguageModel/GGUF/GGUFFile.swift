/// A GGUF file, version 2 or 3: metadata and a table of tensors, the numbers mapped and read when asked for.
///
/// Every count, offset and size is checked before it is used, so a damaged or hostile file ends in an error that names
/// the field.
///
/// - Source: the GGUF specification in ggml's documentation.
public struct GGUFFile: Sendable {
    /// Everything stored by key.
    public let metadata: [String: GGUFValue]
    /// The tensors, in the file's order.
    public let tensors: [GGUFTensor]
    private let tensorOfName: [String: Int]
    private let file: FileBytes

    /// Maps and parses the file.
    ///
    /// - Throws: `inputOutput`, `malformedFile`, or `unsupportedModel` for tensor types that are not read.
    public init(path: String) throws(LanguageModelError) {
        try self.init(FileBytes(mapping: path))
    }

    /// Parses bytes that are in memory, which are copied.
    ///
    /// - Throws: `malformedFile`, or `unsupportedModel` for tensor types that are not read.
    public init(bytes: [UInt8]) throws(LanguageModelError) {
        try self.init(FileBytes(copying: bytes))
    }

    static let magic: UInt32 = 0x4655_4747
    static let largestAlignment = 1 << 16

    private init(_ file: FileBytes) throws(LanguageModelError) {
        self.file = file
        var cursor = GGUFCursor(file.bytes)
        let magic = try cursor.integer(UInt32.self, "magic number")
        guard magic == Self.magic else {
            throw LanguageModelError(.malformedFile, "A GGUF file must begin with the bytes GGUF; this one does not.")
        }
        let version = try cursor.integer(UInt32.self, "version")
        guard version == 2 || version == 3 else {
            throw LanguageModelError(
                .unsupportedModel, "Only versions 2 and 3 of GGUF are read; this file is of version \(version).")
        }
        // The smallest tensor entry has 24 bytes, the smallest key and value 13.
        let tensorCount = try cursor.count("number of tensors", limit: cursor.remaining / 24)
        let pairCount = try cursor.count("number of metadata keys", limit: cursor.remaining / 13)
        var metadata: [String: GGUFValue] = [:]
        for index in 0..<pairCount {
            let key = try cursor.string("metadata key \(index)")
            let value = try cursor.value("value of \(key)")
            guard metadata.updateValue(value, forKey: key) == nil else {
                throw LanguageModelError(.malformedFile, "A metadata key must occur once; \(key) occurs twice.")
            }
        }
        self.metadata = metadata
        let alignment = metadata["general.alignment"].map { $0.integer ?? 0 } ?? 32
        guard alignment > 0, alignment <= Self.largestAlignment, alignment & (alignment - 1) == 0 else {
            throw LanguageModelError(
                .malformedFile,
                "The value of general.alignment must be a power of two up to \(Self.largestAlignment); it is \(alignment)."
            )
        }
        var entries: [Entry] = []
        for index in 0..<tensorCount { entries.append(try Entry(&cursor, index)) }
        let dataStart = min((cursor.offset + alignment - 1) / alignment * alignment, file.bytes.count)
        var tensors: [GGUFTensor] = []
        var tensorOfName: [String: Int] = [:]
        for entry in entries {
            guard tensorOfName.updateValue(tensors.count, forKey: entry.name) == nil else {
                throw LanguageModelError(.malformedFile, "A tensor must occur once; \(entry.name) occurs twice.")
            }
            tensors.append(try entry.tensor(dataStart: dataStart, alignment: alignment, end: file.bytes.count))
        }
        self.tensors = tensors
        self.tensorOfName = tensorOfName
    }

    /// The tensor of that name; nil when there is none.
    public func tensor(named name: String) -> GGUFTensor? {
        tensorOfName[name].map { tensors[$0] }
    }

    /// Copies a tensor's numbers, as 32-bit floats, to memory with room for `tensor.count`.
    func read(_ tensor: GGUFTensor, into target: UnsafeMutablePointer<Float>) {
        let source = UnsafeRawBufferPointer(
            rebasing: file.bytes[tensor.fileOffset..<(tensor.fileOffset + tensor.count * tensor.storage.byteCount)])
        switch tensor.storage {
        case .float32:
            UnsafeMutableRawBufferPointer(start: target, count: source.count).copyMemory(from: source)
        case .float16:
            for index in 0..<tensor.count {
                target[index] = floatFromHalf(
                    UInt16(littleEndian: source.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)))
            }
        }
    }

    /// A tensor's numbers as 32-bit floats.
    public func floats(_ tensor: GGUFTensor) -> [Float] {
        [Float](unsafeUninitializedCapacity: tensor.count) { buffer, initialized in
            if let start = buffer.baseAddress { read(tensor, into: start) }
            initialized = tensor.count
        }
    }

    /// One tensor as the table states it, before its place is checked.
    private struct Entry {
        let name: String
        let sizes: [Int]
        let storage: UInt32
        let offset: UInt64

        init(_ cursor: inout GGUFCursor, _ index: Int) throws(LanguageModelError) {
            name = try cursor.string("name of tensor \(index)")
            let dimensions = try cursor.integer(UInt32.self, "number of sizes of tensor \(name)")
            guard (1...4).contains(dimensions) else {
                throw LanguageModelError(
                    .malformedFile, "Tensor \(name) must have one to four sizes; it has \(dimensions).")
            }
            var sizes: [Int] = []
            for _ in 0..<dimensions { sizes.append(try cursor.count("size of tensor \(name)", limit: 1 << 40)) }
            self.sizes = sizes
            storage = try cursor.integer(UInt32.self, "type of tensor \(name)")
            offset = try cursor.integer(UInt64.self, "offset of tensor \(name)")
        }

        func tensor(dataStart: Int, alignment: Int, end: Int) throws(LanguageModelError) -> GGUFTensor {
            guard let storage = GGUFTensor.Storage(rawValue: storage) else {
                throw LanguageModelError(
                    .unsupportedModel,
                    "Tensors must be of type F32 (0) or F16 (1); \(name) is of type \(storage). Convert the model to F16."
                )
            }
            var count = 1
            for size in sizes {
                let (product, overflows) = count.multipliedReportingOverflow(by: size)
                guard size > 0, !overflows, product <= 1 << 40 else {
                    throw LanguageModelError(
                        .malformedFile,
                        "The sizes of tensor \(name) must be positive and their product at most 2^40; "
                            + "they are \(sizes).")
                }
                count = product
            }
            let room = end - dataStart
            guard let offset = Int(exactly: offset), offset % alignment == 0, offset <= room,
                count * storage.byteCount <= room - offset
            else {
                throw LanguageModelError(
                    .malformedFile,
                    "Tensor \(name) must start at a multiple of \(alignment) and end within the file's \(room) bytes of "
                        + "data; its offset is \(self.offset) and it has \(count * storage.byteCount) bytes.")
            }
            return GGUFTensor(
                name: name, sizes: sizes, storage: storage, count: count, fileOffset: dataStart + offset)
        }
    }
}
