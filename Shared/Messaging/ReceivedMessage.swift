/// A whole message as it came from a socket.
public struct ReceivedMessage: Sendable {
    /// Whom it came from, and where an answer goes; nil on sockets other than ROUTER.
    public let peer: PeerID?
    /// The role that the authenticator gave to the peer's key; nil on connections without CURVE.
    public let userID: String?
    /// The parts, without the routing id; at least one.
    public let frames: [Frame]
}
