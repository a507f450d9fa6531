/// What a `RouterServer` reports besides messages, for the log and for its owner's books.
public enum RouterEvent: Sendable, Hashable {
    /// A connection came, went, or failed to shake hands.
    case connection(ConnectionEvent)
    /// A peer's key is not on the allow-list, so it was not let in.
    case refusedKey(RefusedKey)
    /// A message was thrown away unread because it had more frames than `frameLimit`.
    case refusedMessage(PeerID, frameCount: Int)
    /// A peer does not take its messages: its outbox would have exceeded the limit and was dropped. Nothing more is
    /// sent to this connection or read from it; its leases will expire, and its process gets a new `PeerID` when it
    /// connects again.
    case cutOff(PeerID, droppedMessages: Int)
    /// libzmq refused a call that should have worked; the server has closed its sockets.
    case failed(MessagingError)
}
