/// Reads characters from bytes that need not be UTF-8.
enum UTF8Scanner {
    /// The well-formed character at `position` and its length in bytes; nil where none begins.
    ///
    /// - Source: the Unicode Standard, table 3-7 (well-formed UTF-8 byte sequences).
    static func scalar(_ position: Int, _ end: Int, in bytes: [UInt8]) -> (scalar: Unicode.Scalar, length: Int)? {
        let first = bytes[position]
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let (length, second): (Int, ClosedRange<UInt8>)
        switch first {
        case 0xc2...0xdf: (length, second) = (2, 0x80...0xbf)
        case 0xe0: (length, second) = (3, 0xa0...0xbf)
        case 0xed: (length, second) = (3, 0x80...0x9f)
        case 0xe1...0xef: (length, second) = (3, 0x80...0xbf)
        case 0xf0: (length, second) = (4, 0x90...0xbf)
        case 0xf1...0xf3: (length, second) = (4, 0x80...0xbf)
        case 0xf4: (length, second) = (4, 0x80...0x8f)
        default: return nil
        }
        guard position + length <= end, second.contains(bytes[position + 1]) else { return nil }
        var value = UInt32(first) & (0x7f >> UInt32(length))
        value = value << 6 | UInt32(bytes[position + 1] & 0x3f)
        for next in bytes[(position + 2)..<(position + length)] {
            guard next & 0xc0 == 0x80 else { return nil }
            value = value << 6 | UInt32(next & 0x3f)
        }
        return Unicode.Scalar(value).map { ($0, length) }
    }
}
