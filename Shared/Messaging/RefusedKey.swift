/// A connection that the authenticator did not let in, for the log.
public struct RefusedKey: Sendable, Hashable, CustomStringConvertible {
    /// Where the peer came from: an IP address over tcp, empty over ipc.
    public let address: String
    /// The key it proved to have; nil when it offered none.
    public let publicKey: PublicKey?
    /// Why, as a sentence.
    public let reason: String

    /// A sentence for the log.
    public var description: String { "refused a peer at \(address.isEmpty ? "ipc" : address): \(reason)" }
}
