/// The keys of one end of a CURVE connection.
public enum CurveOptions: Sendable {
    /// The end that binds: it proves itself with its secret key and lets in the keys on the list only. The list is part
    /// of the case because libzmq alone would let in whoever knows the server's public key.
    case server(SecretKey, allowed: AllowList)
    /// The end that connects: it knows the server's public key and proves itself with a pair of its own.
    case client(server: PublicKey, own: KeyPair)

    /// The ZAP domain of every server socket; the authenticator answers for no other.
    static let zapDomain = "eightfold"
}
