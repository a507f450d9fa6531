/// The keys of one end of a CURVE connection.
public enum CurveOptions: Sendable {
    /// The end that binds: it proves itself with its secret key, and asks the context's authenticator about each peer.
    case server(SecretKey)
    /// The end that connects: it knows the server's public key and proves itself with a pair of its own.
    case client(server: PublicKey, own: KeyPair)

    /// The ZAP domain that every server socket is in; without a domain libzmq would let any key in when no
    /// authenticator runs.
    static let zapDomain = "eightfold"
}
