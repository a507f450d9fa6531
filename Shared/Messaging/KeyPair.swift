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
