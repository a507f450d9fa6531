/// Makes text of bytes that come piece by piece, a character of several bytes perhaps in several pieces.
///
/// What it gives out is, put together, the text of all bytes at once: what is not UTF-8 becomes U+FFFD.
struct GrowingText {
    /// The beginning of a character whose other bytes may still come.
    private var held: [UInt8] = []

    /// Takes the next bytes; returns the text that is whole with them.
    mutating func append(_ bytes: some Sequence<UInt8>) -> String {
        held += bytes
        let whole = held.dropLast(Self.unfinishedCount(held))
        held.removeFirst(whole.count)
        return String(decoding: whole, as: UTF8.self)
    }

    /// Returns what was held back, for no more bytes come.
    mutating func finish() -> String {
        defer { held = [] }
        return String(decoding: held, as: UTF8.self)
    }

    /// How many bytes at the end begin a character that more bytes can complete: 0 to 3.
    ///
    /// - Source: the Unicode Standard, table 3-7 (well-formed UTF-8 byte sequences).
    private static func unfinishedCount(_ bytes: [UInt8]) -> Int {
        for count in 1...3 where count <= bytes.count {
            let end = bytes.suffix(count)
            guard let lead = end.first else { break }
            if (0x80...0xbf).contains(lead) { continue }
            let (length, second): (Int, ClosedRange<UInt8>) =
                switch lead {
                case 0xc2...0xdf: (2, 0x80...0xbf)
                case 0xe0: (3, 0xa0...0xbf)
                case 0xed: (3, 0x80...0x9f)
                case 0xe1...0xef: (3, 0x80...0xbf)
                case 0xf0: (4, 0x90...0xbf)
                case 0xf1...0xf3: (4, 0x80...0xbf)
                case 0xf4: (4, 0x80...0x8f)
                default: (1, 0x80...0xbf)
                }
            return count < length && end.dropFirst().first.map(second.contains) ?? true ? count : 0
        }
        return 0
    }
}
