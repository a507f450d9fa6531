/// Something that happened to a connection, for the log: who, and why.
public struct ConnectionEvent: Sendable, Hashable, CustomStringConvertible {
    /// What happened.
    public enum Kind: Sendable, Hashable {
        /// The transport is connected (the end that connects); the handshake follows.
        case connected
        /// A connection was accepted (the end that binds); the handshake follows.
        case accepted
        /// Both ends know and accept each other; messages flow.
        case ready
        /// The connection is gone; the end that connects tries again.
        case disconnected
        /// The two ends could not agree, and why: a wrong or missing key, another protocol, no answer. When it is final,
        /// the end that connects does not try again: the reason does not go away by itself.
        case handshakeFailed(reason: String, isFinal: Bool)
    }

    /// What happened.
    public let kind: Kind
    /// The other end, as well as it is known: the endpoint that was connected to, or the address a peer came from.
    public let peer: String

    /// A sentence for the log.
    public var description: String {
        switch kind {
        case .connected: "connected to \(peer)"
        case .accepted: "accepted a connection from \(peer)"
        case .ready: "handshake with \(peer) succeeded"
        case .disconnected: "disconnected from \(peer)"
        case .handshakeFailed(let reason, _): "handshake with \(peer) failed: \(reason)"
        }
    }
}
