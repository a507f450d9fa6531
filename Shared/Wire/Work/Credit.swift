import CEightfoldWire

/// A worker can take so many more items of a queue. Credit adds up; credit for 0 items takes back what is left.
public struct Credit: WireValue {
    /// The queue.
    public var queue: Queue
    /// How many.
    public var items: Int
    /// Experience only: the stage to lease from.
    public var stage: Int
    /// Experience only: the round to lease from.
    public var round: Int

    /// Makes one; what is left out is empty.
    public init(queue: Queue = .orders, items: Int = 0, stage: Int = 0, round: Int = 0) {
        self.queue = queue
        self.items = items
        self.stage = stage
        self.round = round
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Credit>(
        "Credit", initialize: eightfold__v1__credit__init, empty: { Credit() },
        fields: [
            .enumeration(\.queue, \.queue),
            .count(\.items, \.items),
            .count(\.stage, \.stage),
            .count(\.round, \.round),
        ])
}
