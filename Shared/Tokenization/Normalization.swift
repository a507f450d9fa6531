import Foundation

/// Unicode's normalization form C for bytes that need not be UTF-8.
enum Normalization {
    /// The bytes with their well-formed stretches in form C and the others as they are; nil when that changes nothing.
    static func composed(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        // Everything below U+0300, whose first byte is 0xCC, is composed already.
        guard bytes.contains(where: { $0 >= 0xcc }) else { return nil }
        let bytes = Array(bytes)
        var result: [UInt8] = []
        var (start, position) = (0, 0)
        func flush() {
            result +=
                String(decoding: bytes[start..<position], as: UTF8.self).precomposedStringWithCanonicalMapping.utf8
        }
        while position < bytes.count {
            if let (_, length) = UTF8Scanner.scalar(position, bytes.count, in: bytes) {
                position += length
            } else {
                flush()
                result.append(bytes[position])
                position += 1
                start = position
            }
        }
        flush()
        return result == bytes ? nil : result
    }
}
