/// Reads a GGUF file's header from front to back; every read is checked against the end, and errors name the field.
struct GGUFCursor {
    let bytes: UnsafeRawBufferPointer
    private(set) var offset = 0
    /// Elements that the arrays yet to be read may have.
    private var elementsLeft = Self.mostElements

    /// Elements of all metadata arrays together: a vocabulary of 256k tokens needs less than a million, and a hostile
    /// count must not exhaust memory.
    static let mostElements = 1 << 23
    static let deepestNesting = 4
    /// Bytes of a key or of a tensor's name.
    static let longestName = 1024

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var remaining: Int { bytes.count - offset }

    mutating func integer<T: FixedWidthInteger>(_ type: T.Type, _ field: String) throws(ModelFilesError) -> T {
        try need(MemoryLayout<T>.size, field)
        defer { offset += MemoryLayout<T>.size }
        return T(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
    }

    /// A count or an index, stored as 64 bits, that must not exceed `limit`.
    mutating func count(_ field: String, limit: Int) throws(ModelFilesError) -> Int {
        let value = try integer(UInt64.self, field)
        guard let count = Int(exactly: value), count <= limit else {
            throw ModelFilesError(
                .malformedFile, "The \(field) must be at most \(limit) here; it is \(value). The file is damaged.")
        }
        return count
    }

    /// A key or a tensor's name.
    mutating func name(_ field: String) throws(ModelFilesError) -> String {
        try string(field, limit: Self.longestName)
    }

    mutating func value(_ field: String) throws(ModelFilesError) -> GGUFValue {
        try value(of: type(field), field, depth: 0)
    }

    private mutating func string(_ field: String, limit: Int = .max) throws(ModelFilesError) -> String {
        let length = try count("length of the \(field)", limit: min(max(remaining - 8, 0), limit))
        try need(length, field)
        defer { offset += length }
        let text = UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + length)])
        guard let text = String(validating: text, as: UTF8.self) else {
            throw ModelFilesError(.malformedFile, "The \(field) must be UTF-8; it is not. The file is damaged.")
        }
        return text
    }

    private mutating func type(_ field: String) throws(ModelFilesError) -> GGUFType {
        let number = try integer(UInt32.self, "type of \(field)")
        guard let type = GGUFType(rawValue: number) else {
            throw ModelFilesError(
                .malformedFile, "The type of \(field) must be between 0 and 12; it is \(number). The file is damaged.")
        }
        return type
    }

    private mutating func value(
        of type: GGUFType, _ field: String, depth: Int
    ) throws(ModelFilesError) -> GGUFValue {
        switch type {
        case .uint8: .uint8(try integer(UInt8.self, field))
        case .int8: .int8(try integer(Int8.self, field))
        case .uint16: .uint16(try integer(UInt16.self, field))
        case .int16: .int16(try integer(Int16.self, field))
        case .uint32: .uint32(try integer(UInt32.self, field))
        case .int32: .int32(try integer(Int32.self, field))
        case .float32: .float32(Float(bitPattern: try integer(UInt32.self, field)))
        case .bool: .bool(try integer(UInt8.self, field) != 0)
        case .string: .string(try string(field))
        case .uint64: .uint64(try integer(UInt64.self, field))
        case .int64: .int64(try integer(Int64.self, field))
        case .float64: .float64(Double(bitPattern: try integer(UInt64.self, field)))
        case .array: try array(field, depth: depth)
        }
    }

    private mutating func array(_ field: String, depth: Int) throws(ModelFilesError) -> GGUFValue {
        guard depth < Self.deepestNesting else {
            throw ModelFilesError(
                .malformedFile, "Arrays may be nested \(Self.deepestNesting) deep; \(field) is deeper.")
        }
        let type = try type("the elements of \(field)")
        let room = max(remaining - 8, 0) / type.minimumByteCount
        let count = try count("length of \(field)", limit: min(elementsLeft, room))
        elementsLeft -= count
        var values: [GGUFValue] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try value(of: type, field, depth: depth + 1)) }
        return .array(type, values)
    }

    private func need(_ count: Int, _ field: String) throws(ModelFilesError) {
        guard count <= remaining else {
            throw ModelFilesError(
                .malformedFile,
                "The file ends within the \(field): \(count) bytes are needed at offset \(offset) and \(remaining) remain."
            )
        }
    }
}
