extension JSONParser {
    /// The string whose quotation mark is the next byte.
    mutating func string() throws(ModelFilesError) -> String {
        let start = offset + 1
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\"), bytes[end] >= 0x20
        {
            end += 1
        }
        // Most strings have no escapes and are taken as they are.
        if end < bytes.count, bytes[end] == UInt8(ascii: "\"") {
            offset = end + 1
            return try validated(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        }
        var text = Array(bytes[start..<end])
        offset = end
        while offset < bytes.count, bytes[offset] >= 0x20 {
            let byte = bytes[offset]
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return try validated(text)
            case UInt8(ascii: "\\"): text += String(try escaped()).utf8
            default: text.append(byte)
            }
        }
        throw error("a string must end with a quotation mark before any control character")
    }

    private func validated(_ bytes: some Collection<UInt8>) throws(ModelFilesError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw error("strings must be UTF-8") }
        return text
    }

    /// What the characters after a backslash stand for.
    private mutating func escaped() throws(ModelFilesError) -> Unicode.Scalar {
        guard offset < bytes.count else { throw error("an escape must be whole") }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let first = try fourDigits()
            if let scalar = Unicode.Scalar(first) { return scalar }
            // A pair of surrogates stands for one scalar above U+FFFF.
            guard first < 0xdc00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
                bytes[offset + 1] == UInt8(ascii: "u")
            else { throw error("surrogates must come in pairs") }
            offset += 2
            let second = try fourDigits()
            guard (0xdc00...0xdfff).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
            else { throw error("surrogates must come in pairs") }
            return scalar
        default: throw error("an escape must be one of \" \\ / b f n r t u")
        }
    }

    private mutating func fourDigits() throws(ModelFilesError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard offset < bytes.count, let digit = Unicode.Scalar(bytes[offset]).hexadecimalValue else {
                throw error("four hexadecimal digits must follow \\u")
            }
            value = value << 4 | digit
            offset += 1
        }
        return value
    }
}

extension Unicode.Scalar {
    fileprivate var hexadecimalValue: UInt32? {
        switch self {
        case "0"..."9": value - 0x30
        case "a"..."f": value - 0x57
        case "A"..."F": value - 0x37
        default: nil
        }
    }
}
