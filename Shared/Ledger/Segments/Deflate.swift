import CZlib

/// Compression by zlib, in its own format (RFC 1950).
enum Deflate {
    /// The fastest level: on bodies it takes a quarter of the default level's time and leaves a fifth more bytes.
    private static let level: Int32 = 1

    /// The compressed bytes; the same for the same input and the same release of zlib.
    static func compress(_ bytes: [UInt8]) -> [UInt8] {
        let bound = compressBound(uLong(bytes.count))
        return [UInt8](unsafeUninitializedCapacity: Int(bound)) { output, count in
            var length = bound
            let code = compress2(output.baseAddress, &length, bytes, uLong(bytes.count), level)
            // It fails for want of memory, or of the room that zlib itself asked for.
            precondition(code == Z_OK, "zlib must compress \(bytes.count) bytes; it ended with \(code)")
            count = Int(length)
        }
    }

    /// What was compressed; nil if these are not compressed bytes, or not of so many.
    static func decompress(_ bytes: [UInt8], size: Int) -> [UInt8]? {
        var isWhole = false
        let output = [UInt8](unsafeUninitializedCapacity: max(1, size)) { output, count in
            var length = uLong(size)
            isWhole = uncompress(output.baseAddress, &length, bytes, uLong(bytes.count)) == Z_OK && Int(length) == size
            // Only what zlib has written is initialized.
            count = isWhole ? size : 0
        }
        return isWhole ? output : nil
    }
}
