/// A GGUF file, version 2 or 3: metadata and a table of tensors, the numbers mapped and read when asked for.
///
/// Every count, offset and size is checked before it is used, so a damaged or hostile file ends in an error that names
/// the field. Tensors may not share bytes, so that reading all of them takes at most thirteen times the file's size.
///
/// - Source: the GGUF specification in ggml's documentation.
public struct GGUFFile: Sendable {
    /// Everything stored by key.
    public let metadata: [String: GGUFValue]
    /// The tensors, in the file's order.
    public let tensors: [GGUFTensor]
    private let tensorOfName: [String: Int]
    let file: FileBytes

    /// Maps and parses the file.
    ///
    /// - Throws: `inputOutput`, `malformedFile`, or `unsupportedFile` for versions and tensor types that are not read.
    public init(path: String) throws(ModelFilesError) {
        try self.init(FileBytes(mapping: path))
    }

    /// Parses bytes that are in memory, which are copied.
    ///
    /// - Throws: `malformedFile`, or `unsupportedFile` for versions and tensor types that are not read.
    public init(bytes: [UInt8]) throws(ModelFilesError) {
        try self.init(FileBytes(copying: bytes))
    }

    static let magic: UInt32 = 0x4655_4747
    private static let largestAlignment = 1 << 16
    /// Far above the largest models' thousands; a hostile count must not exhaust memory.
    static let mostEntries = 1 << 16

    init(_ file: FileBytes) throws(ModelFilesError) {
        self.file = file
        defer { withExtendedLifetime(file) {} }
        var cursor = GGUFCursor(file.bytes)
        try Self.readVersion(&cursor)
        // The smallest tensor entry has 24 bytes, the smallest key and value 13.
        let tensorCount = try cursor.count("number of tensors", limit: min(cursor.remaining / 24, Self.mostEntries))
        let pairCount = try cursor.count(
            "number of metadata keys", limit: min(cursor.remaining / 13, Self.mostEntries))
        metadata = try Self.readMetadata(&cursor, count: pairCount)
        let alignment = metadata["general.alignment"].map { $0.integer ?? 0 } ?? 32
        guard alignment > 0, alignment <= Self.largestAlignment, alignment & (alignment - 1) == 0 else {
            throw ModelFilesError(
                .malformedFile,
                "The value of general.alignment must be a power of two up to \(Self.largestAlignment); it is \(alignment)."
            )
        }
        var entries: [GGUFTensor.Entry] = []
        for index in 0..<tensorCount { entries.append(try GGUFTensor.Entry(&cursor, index)) }
        let dataStart = min((cursor.offset + alignment - 1) / alignment * alignment, file.bytes.count)
        var tensors: [GGUFTensor] = []
        var tensorOfName: [String: Int] = [:]
        for entry in entries {
            guard tensorOfName.updateValue(tensors.count, forKey: entry.name) == nil else {
                throw ModelFilesError(.malformedFile, "A tensor must occur once; \(entry.name) occurs twice.")
            }
            tensors.append(try entry.tensor(dataStart: dataStart, alignment: alignment, end: file.bytes.count))
        }
        try Self.checkApart(tensors)
        self.tensors = tensors
        self.tensorOfName = tensorOfName
    }

    private static func readVersion(_ cursor: inout GGUFCursor) throws(ModelFilesError) {
        let magic = try cursor.integer(UInt32.self, "magic number")
        guard magic == Self.magic else {
            throw ModelFilesError(.malformedFile, "A GGUF file must begin with the bytes GGUF; this one does not.")
        }
        let version = try cursor.integer(UInt32.self, "version")
        guard version != UInt32(2).byteSwapped, version != UInt32(3).byteSwapped else {
            throw ModelFilesError(
                .unsupportedFile, "A GGUF file must be little-endian; this one is big-endian. Convert the model anew.")
        }
        guard version == 2 || version == 3 else {
            throw ModelFilesError(
                .unsupportedFile, "Only versions 2 and 3 of GGUF are read; this file is of version \(version).")
        }
    }

    private static func readMetadata(
        _ cursor: inout GGUFCursor, count: Int
    ) throws(ModelFilesError) -> [String: GGUFValue] {
        var metadata: [String: GGUFValue] = [:]
        for index in 0..<count {
            let key = try cursor.name("metadata key \(index)")
            let value = try cursor.value("value of \(key)")
            guard metadata.updateValue(value, forKey: key) == nil else {
                throw ModelFilesError(.malformedFile, "A metadata key must occur once; \(key) occurs twice.")
            }
        }
        return metadata
    }

    private static func checkApart(_ tensors: [GGUFTensor]) throws(ModelFilesError) {
        let ordered = tensors.sorted { $0.fileOffset < $1.fileOffset }
        for (tensor, next) in zip(ordered, ordered.dropFirst())
        where next.fileOffset < tensor.fileOffset + tensor.byteCount {
            throw ModelFilesError(
                .malformedFile, "Tensors may not share bytes; the offset of \(next.name) lies within \(tensor.name).")
        }
    }

    /// The tensor of that name; nil when there is none.
    public func tensor(named name: String) -> GGUFTensor? {
        tensorOfName[name].map { tensors[$0] }
    }
}
