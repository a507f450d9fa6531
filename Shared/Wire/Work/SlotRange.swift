import CEightfoldWire

/// Consecutive slots of a group.
public struct SlotRange: WireValue {
    /// The first slot.
    public var first: Int
    /// How many.
    public var count: Int

    /// Makes one; what is left out is empty.
    public init(first: Int = 0, count: Int = 0) {
        self.first = first
        self.count = count
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<SlotRange>(
        "SlotRange", initialize: eightfold__v1__slot_range__init, empty: { SlotRange() },
        fields: [
            .count(\.first, \.first),
            .count(\.count, \.count),
        ])
}
