/// What became of a message that was offered to a socket; a message is taken whole or not at all.
public enum SendResult: Sendable, Hashable {
    /// libzmq has it.
    case sent
    /// The high-water mark is reached, or nobody is connected; offer it again when the socket is writable.
    case wouldBlock
    /// A ROUTER has no connection of that name.
    case unroutable
}
