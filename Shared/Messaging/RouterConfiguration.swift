/// The limits and keys of a `RouterServer`.
public struct RouterConfiguration: Sendable {
    /// Marks, sizes and keys of the ROUTER and of the tap.
    public var socket = SocketOptions()
    /// The most messages that one call of the batch handler gets, 1 or more.
    public var batchLimit = 256
    /// The least time from the beginning of one batch to that of the next. Messages that come meanwhile are one batch then;
    /// the first after a longer silence does not wait.
    public var batchInterval = Duration.zero
    /// The most frames a message may have; longer ones are thrown away and reported.
    public var frameLimit = 16
    /// The most bytes that wait for one peer beyond its high-water mark; a peer that needs more is cut off.
    public var outboxByteLimit = 64 << 20

    /// The defaults.
    public init() {}
}
