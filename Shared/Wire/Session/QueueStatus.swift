import CEightfoldWire

/// How many items of a queue are in which state.
public struct QueueStatus: WireValue {
    /// The queue's name.
    public var queue: String
    /// Waiting for a worker.
    public var ready: Int
    /// In a worker's hands.
    public var leased: Int
    /// Completed.
    public var done: Int
    /// Failed too often.
    public var dead: Int

    /// Makes one; what is left out is empty.
    public init(queue: String = "", ready: Int = 0, leased: Int = 0, done: Int = 0, dead: Int = 0) {
        self.queue = queue
        self.ready = ready
        self.leased = leased
        self.done = done
        self.dead = dead
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<QueueStatus>(
        "QueueStatus", initialize: eightfold__v1__queue_status__init, empty: { QueueStatus() },
        fields: [
            .text(\.queue, \.queue),
            .count(\.ready, \.ready),
            .count(\.leased, \.leased),
            .count(\.done, \.done),
            .count(\.dead, \.dead),
        ])
}
