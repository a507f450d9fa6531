/// Reads JSON strictly: one value, no key twice in an object, a bounded depth; errors name the place.
///
/// - Source: RFC 8259.
struct JSONParser {
    let bytes: UnsafeRawBufferPointer
    /// What errors call the text.
    private let document: String
    var offset = 0
    private var valuesLeft = Self.mostValues

    private static let deepestNesting = 32
    /// Values of one text: the largest models' headers have a few hundred thousand, Llama 3's vocabulary with its merges
    /// has a million, and a hostile text must not exhaust memory.
    static let mostValues = 1 << 21

    /// The value in the text.
    ///
    /// - Throws: `malformedFile` with the offset.
    static func parse(_ bytes: UnsafeRawBufferPointer, _ document: String) throws(ModelFilesError) -> JSONValue {
        var parser = JSONParser(bytes: bytes, document: document)
        let value = try parser.value(depth: 0)
        guard parser.next() == nil else { throw parser.error("nothing may follow the value") }
        return value
    }

    private init(bytes: UnsafeRawBufferPointer, document: String) {
        self.bytes = bytes
        self.document = document
    }

    func error(_ rule: String) -> ModelFilesError {
        ModelFilesError(.malformedFile, "In the JSON of \(document), \(rule); offset \(offset) breaks this.")
    }

    /// The next byte that is no space, which stays unread; nil at the end.
    private mutating func next() -> UInt8? {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0a, 0x0d: offset += 1
            default: return bytes[offset]
            }
        }
        return nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next() == byte else { return false }
        offset += 1
        return true
    }

    private mutating func value(depth: Int) throws(ModelFilesError) -> JSONValue {
        guard depth < Self.deepestNesting else {
            throw error("values may be nested \(Self.deepestNesting) deep")
        }
        guard valuesLeft > 0 else { throw error("at most \(Self.mostValues) values may occur") }
        valuesLeft -= 1
        switch next() {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(ModelFilesError) -> JSONValue {
        let count = text.utf8CodeUnitCount
        guard bytes.count - offset >= count, (0..<count).allSatisfy({ bytes[offset + $0] == text.utf8Start[$0] })
        else { throw error("a value must begin here") }
        offset += count
        return value
    }

    private mutating func object(depth: Int) throws(ModelFilesError) -> JSONValue {
        offset += 1
        var members: [JSONMember] = []
        var keys: Set<String> = []
        if take(UInt8(ascii: "}")) { return .object([]) }
        repeat {
            guard next() == UInt8(ascii: "\"") else { throw error("a member must begin with its key") }
            let key = try string()
            guard keys.insert(key).inserted else { throw error("a key must occur once in its object") }
            guard take(UInt8(ascii: ":")) else { throw error("a colon must follow a key") }
            members.append(JSONMember(key, try value(depth: depth + 1)))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw error("an object must end with a brace") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(ModelFilesError) -> JSONValue {
        offset += 1
        var values: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array([]) }
        repeat { values.append(try value(depth: depth + 1)) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw error("an array must end with a bracket") }
        return .array(values)
    }

    private mutating func number() throws(ModelFilesError) -> JSONValue {
        let start = offset
        func isDigit(_ offset: Int) -> Bool { offset < bytes.count && (0x30...0x39).contains(bytes[offset]) }
        func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }
        var isInteger = true
        if byte(offset) == UInt8(ascii: "-") { offset += 1 }
        guard isDigit(offset), byte(offset) != 0x30 || !isDigit(offset + 1) else {
            throw error("a value must begin here")
        }
        while isDigit(offset) { offset += 1 }
        if byte(offset) == UInt8(ascii: "."), isDigit(offset + 1) {
            isInteger = false
            offset += 1
            while isDigit(offset) { offset += 1 }
        }
        if byte(offset) | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            offset += 1
            if byte(offset) == UInt8(ascii: "-") || byte(offset) == UInt8(ascii: "+") { offset += 1 }
            guard isDigit(offset) else { throw error("an exponent must have digits") }
            while isDigit(offset) { offset += 1 }
        }
        guard offset - start <= 64 else { throw error("a number may have 64 characters") }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isInteger, let value = Int(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw error("a number must be finite in 64 bits") }
        return .number(value)
    }
}
