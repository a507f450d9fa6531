/// The half of a CURVE key pair that nobody else may know; printing it shows no part of it.
public struct SecretKey: Sendable, CustomStringConvertible {
    let bytes: [UInt8]

    /// Reads 40 characters of Z85 (ZeroMQ RFC 32).
    ///
    /// - Throws: `invalidKey`, without the text, when it is not that.
    public init(z85 text: String) throws(MessagingError) {
        guard let bytes = ZMQ.z85Decode(text) else {
            throw MessagingError(
                .invalidKey,
                "A secret key must be 40 characters of Z85; got \(text.utf8.count) bytes of something "
                    + "else. Take the key from the .secret file that `eightfold keys` wrote.")
        }
        self.bytes = bytes
    }

    var z85: String { ZMQ.z85Encode(bytes) }

    /// A text without the key.
    public var description: String { "a secret key (not shown)" }
}
