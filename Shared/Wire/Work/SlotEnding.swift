import CEightfoldWire

/// How a `Complete` ends one slot.
public struct SlotEnding: WireValue {
    /// As in `NewItem`.
    public var group: Int
    /// The slot.
    public var slot: Int
    /// How it ends.
    public var end: End
    /// A packed `Verdict` or `Outcome`.
    public var result: [UInt8]
    /// Why it was dropped or is an error.
    public var reason: String

    /// Makes one; what is left out is empty.
    public init(group: Int = 0, slot: Int = 0, end: End = .result, result: [UInt8] = [], reason: String = "") {
        self.group = group
        self.slot = slot
        self.end = end
        self.result = result
        self.reason = reason
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<SlotEnding>(
        "SlotEnding", initialize: eightfold__v1__slot_ending__init, empty: { SlotEnding() },
        fields: [
            .count(\.group, \.group),
            .count(\.slot, \.slot),
            .enumeration(\.end, \.end),
            .bytes(\.result, \.result),
            .text(\.reason, \.reason),
        ])
}
