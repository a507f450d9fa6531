/// A safetensors file: named tensors, mapped and read when asked for.
///
/// Every offset is checked: the tensors must fill the file's data without holes and without sharing bytes.
///
/// - Source: the format's description in the safetensors repository.
public struct SafetensorsFile: Sendable {
    /// The tensors, in the order of their places.
    public let tensors: [SafetensorsTensor]
    /// What the file says of itself, such as `format`.
    public let metadata: [String: String]
    private let tensorOfName: [String: Int]
    private let file: FileBytes
    private let dataStart: Int

    /// Bytes of a header; some hundred thousand tensors fit.
    static let longestHeader = 1 << 24

    /// Maps the file and parses its header.
    ///
    /// - Throws: `inputOutput`, `malformedFile`, or `unsupportedFile` for types that are not read.
    public init(path: String) throws(ModelFilesError) {
        try self.init(FileBytes(mapping: path))
    }

    /// Parses bytes that are in memory, which are copied.
    ///
    /// - Throws: `malformedFile`, or `unsupportedFile` for types that are not read.
    public init(bytes: [UInt8]) throws(ModelFilesError) {
        try self.init(FileBytes(copying: bytes))
    }

    init(_ file: FileBytes) throws(ModelFilesError) {
        self.file = file
        defer { withExtendedLifetime(file) {} }
        let bytes = file.bytes
        guard bytes.count >= 8 else {
            throw ModelFilesError(
                .malformedFile,
                "A safetensors file must begin with its header's length, 8 bytes; it has \(bytes.count).")
        }
        let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        guard length <= min(bytes.count - 8, Self.longestHeader), bytes.count > 8, bytes[8] == UInt8(ascii: "{") else {
            throw ModelFilesError(
                .malformedFile,
                "A safetensors header must be a JSON object of at most \(Self.longestHeader) bytes within the file; its "
                    + "length is given as \(length) and the file has \(bytes.count) bytes.")
        }
        dataStart = 8 + Int(length)
        let header = try JSONParser.parse(UnsafeRawBufferPointer(rebasing: bytes[8..<dataStart]), "the header")
        var tensors: [SafetensorsTensor] = []
        var metadata: [String: String] = [:]
        for member in header.members ?? [] {
            if member.key == "__metadata__" {
                metadata = try Self.metadata(member.value)
            } else {
                tensors.append(try SafetensorsTensor(member, room: bytes.count - dataStart))
            }
        }
        // Among equal offsets, the empty come first.
        tensors.sort { ($0.offset, $0.byteCount) < ($1.offset, $1.byteCount) }
        try Self.checkFilled(tensors, room: bytes.count - dataStart)
        self.tensors = tensors
        self.metadata = metadata
        tensorOfName = Dictionary(uniqueKeysWithValues: tensors.indices.map { (tensors[$0].name, $0) })
    }

    private static func metadata(_ value: JSONValue) throws(ModelFilesError) -> [String: String] {
        var metadata: [String: String] = [:]
        for member in value.members ?? [JSONMember("__metadata__", value)] {
            guard let text = member.value.string else {
                throw ModelFilesError(
                    .malformedFile, "The member __metadata__ must be an object of strings; \(member.key) is not one.")
            }
            metadata[member.key] = text
        }
        return metadata
    }

    private static func checkFilled(_ tensors: [SafetensorsTensor], room: Int) throws(ModelFilesError) {
        var end = 0
        for tensor in tensors {
            guard tensor.offset == end else {
                throw ModelFilesError(
                    .malformedFile,
                    "Tensors must follow each other without holes and without sharing bytes; the data_offsets of "
                        + "\(tensor.name) begin at \(tensor.offset), and those before it end at \(end).")
            }
            end += tensor.byteCount
        }
        guard end == room else {
            throw ModelFilesError(
                .malformedFile, "The tensors must fill the file's data; they take \(end) of its \(room) bytes.")
        }
    }

    /// The tensor of that name; nil when there is none.
    public func tensor(named name: String) -> SafetensorsTensor? {
        tensorOfName[name].map { tensors[$0] }
    }

    /// Copies a tensor's numbers, as 32-bit floats, to memory with room for `tensor.count`.
    ///
    /// The tensor must be one of this file's.
    public func read(_ tensor: SafetensorsTensor, into target: UnsafeMutablePointer<Float>) {
        precondition(
            dataStart + tensor.offset + tensor.byteCount <= file.bytes.count, "tensor \(tensor.name) is of another file"
        )
        // A file with a header has bytes, and the range was checked when it was parsed.
        let start = UnsafeRawPointer(file.bytes.baseAddress.unsafelyUnwrapped) + (dataStart + tensor.offset)
        tensor.storage.decode(start, count: tensor.count, into: target)
    }

    /// A tensor's numbers as 32-bit floats.
    public func floats(_ tensor: SafetensorsTensor) -> [Float] {
        [Float](unsafeUninitializedCapacity: tensor.count) { buffer, initialized in
            if let start = buffer.baseAddress { read(tensor, into: start) }
            initialized = tensor.count
        }
    }
}
