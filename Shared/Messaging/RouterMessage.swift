/// A message that a `RouterServer` received.
public struct RouterMessage: Sendable {
    /// The connection it came through; answers go there.
    public let peer: PeerID
    /// The role of the peer's key; nil without CURVE, and always nil over `inproc://`.
    public let userID: String?
    /// The parts; at least one, at most the server's `frameLimit`.
    public let frames: [Frame]
}

/// What became of a message for a peer.
public enum RouterSendResult: Sendable, Hashable {
    /// libzmq has it.
    case sent
    /// The peer is slow; it waits in the peer's outbox and leaves in order.
    case queued
    /// The connection is gone.
    case unroutable
    /// The peer's outbox overflowed, now or before; nothing more is sent to this connection.
    case cutOff
}
