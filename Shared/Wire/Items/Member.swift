import CEightfoldWire

/// How one slot of a group ended.
public struct Member: WireValue {
    /// The slot.
    public var slot: Int
    /// How it ended.
    public var end: End
    /// The item that ended it.
    public var item: String
    /// That item's body, in leased groups of rollouts.
    public var body: [UInt8]
    /// A packed `Verdict`, `Outcome` or `Members`.
    public var result: [UInt8]
    /// Why it was dropped or is an error.
    public var reason: String

    /// Makes one; what is left out is empty.
    public init(
        slot: Int = 0, end: End = .result, item: String = "", body: [UInt8] = [], result: [UInt8] = [],
        reason: String = ""
    ) {
        self.slot = slot
        self.end = end
        self.item = item
        self.body = body
        self.result = result
        self.reason = reason
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Member>(
        "Member", initialize: eightfold__v1__member__init, empty: { Member() },
        fields: [
            .count(\.slot, \.slot),
            .enumeration(\.end, \.end),
            .text(\.item, \.item),
            .bytes(\.body, \.body),
            .bytes(\.result, \.result),
            .text(\.reason, \.reason),
        ])
}
