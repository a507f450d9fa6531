/// The half of a CURVE key pair that others may know.
public struct PublicKey: Hashable, Sendable, CustomStringConvertible {
    /// 32 bytes.
    public let bytes: [UInt8]

    /// Reads 40 characters of Z85 (ZeroMQ RFC 32).
    ///
    /// - Throws: `invalidKey` when it is not that.
    public init(z85 text: String) throws(MessagingError) {
        guard let bytes = ZMQ.z85Decode(text) else {
            throw MessagingError(
                .invalidKey,
                "A public key must be 40 characters of Z85; got \(text.utf8.count) bytes of something "
                    + "else. Take the key from the .public file that `eightfold keys` wrote.")
        }
        self.bytes = bytes
    }

    /// Takes the 32 bytes as the wire carries them.
    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The key as 40 characters of Z85.
    public var z85: String { ZMQ.z85Encode(bytes) }

    /// The key as Z85.
    public var description: String { z85 }
}
