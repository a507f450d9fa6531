import Crypto
public import Foundation

/// The SHA-256 of a blob's bytes, by which the blob is stored, fetched and checked.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// Takes the 32 bytes of a SHA-256; nil for any other number of bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Reads 64 hexadecimal digits; nil for anything else.
    public init?(hexadecimal: some StringProtocol) {
        let digits = hexadecimal.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == 64, hexadecimal.utf8.count == 64 else { return nil }
        bytes = (0..<32).map { UInt8(digits[2 * $0] * 16 + digits[2 * $0 + 1]) }
    }

    /// The 64 lower-case hexadecimal digits.
    public var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The first 12 hexadecimal digits: enough to tell blobs apart in a log.
    public var description: String { String(hexadecimal.prefix(12)) }

    /// The hash of these bytes.
    public init(of bytes: some DataProtocol) {
        self.bytes = Array(SHA256.hash(data: bytes))
    }

    /// The hash of a file's bytes.
    ///
    /// - Throws: an error of Foundation's if the file cannot be read.
    public init(ofFile file: URL) throws {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        var sha256 = SHA256()
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { sha256.update(data: piece) }
        bytes = Array(sha256.finalize())
    }
}
