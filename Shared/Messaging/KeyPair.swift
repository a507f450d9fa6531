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
                .invalidKey, "A public key must be 40 characters of Z85; got \(text.utf8.count) bytes of something "
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

    public var description: String { z85 }
}

/// The half of a CURVE key pair that nobody else may know; printing it shows no part of it.
public struct SecretKey: Sendable, CustomStringConvertible {
    let bytes: [UInt8]

    /// Reads 40 characters of Z85 (ZeroMQ RFC 32).
    ///
    /// - Throws: `invalidKey`, without the text, when it is not that.
    public init(z85 text: String) throws(MessagingError) {
        guard let bytes = ZMQ.z85Decode(text) else {
            throw MessagingError(
                .invalidKey, "A secret key must be 40 characters of Z85; got \(text.utf8.count) bytes of something "
                    + "else. Take the key from the .secret file that `eightfold keys` wrote.")
        }
        self.bytes = bytes
    }

    var z85: String { ZMQ.z85Encode(bytes) }

    public var description: String { "a secret key (not shown)" }
}

/// A CURVE identity: a secret key and the public key that belongs to it.
public struct KeyPair: Sendable {
    /// What others know it by.
    public let publicKey: PublicKey
    /// What proves it.
    public let secretKey: SecretKey

    /// The pair of a secret key; the public key is computed from it.
    public init(secretKey: SecretKey) throws(MessagingError) {
        do throws(ZMQ.Failure) {
            publicKey = try PublicKey(bytes: ZMQ.z85Decode(ZMQ.curvePublic(secretKey.z85)) ?? [])
        } catch {
            throw .library("Computing a public key", error)
        }
        self.secretKey = secretKey
    }

    /// Makes a new pair from the system's random numbers.
    ///
    /// Call it in a command of its own: with some builds of libsodium it can abort a process that uses CURVE sockets
    /// on other threads (libzmq issues 4241 and 4634).
    public static func generate() throws(MessagingError) -> KeyPair {
        let texts: (public: String, secret: String)
        do throws(ZMQ.Failure) {
            texts = try ZMQ.curveKeypair()
        } catch {
            throw .library("Making a key pair (is libzmq built with CURVE?)", error)
        }
        return try KeyPair(secretKey: SecretKey(z85: texts.secret))
    }
}
