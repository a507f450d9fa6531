import CEightfoldWire

/// An item that failed too often.
public struct DeadLetter: WireValue {
    /// Its id.
    public var item: String
    /// The queue it was leased from.
    public var queue: String
    /// How its last lease ended.
    public var reason: String
    /// How many leases were lost or failed.
    public var attempts: Int

    /// Makes one; what is left out is empty.
    public init(item: String = "", queue: String = "", reason: String = "", attempts: Int = 0) {
        self.item = item
        self.queue = queue
        self.reason = reason
        self.attempts = attempts
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<DeadLetter>(
        "DeadLetter", initialize: eightfold__v1__dead_letter__init, empty: { DeadLetter() },
        fields: [
            .text(\.item, \.item),
            .text(\.queue, \.queue),
            .text(\.reason, \.reason),
            .count(\.attempts, \.attempts),
        ])
}
