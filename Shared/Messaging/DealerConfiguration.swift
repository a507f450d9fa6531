/// The limits and keys of a `DealerClient`.
public struct DealerConfiguration: Sendable {
    /// Marks, sizes and keys of the DEALER.
    public var socket = SocketOptions()
    /// How many received messages may wait for the consumer, 1 or more. At this bound the client stops reading; then
    /// libzmq's high-water marks hold the server back, whose outbox for this peer fills. Nothing is dropped here.
    public var inboxLimit = 1000
    /// The most frames a message may have; longer ones are thrown away and counted.
    public var frameLimit = 16

    /// The defaults.
    public init() {}
}
