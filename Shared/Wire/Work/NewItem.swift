import CEightfoldWire

/// An item that a `Complete` enqueues.
public struct NewItem: WireValue {
    /// The item; its id is appended to the completed item's.
    public var item: Item
    /// 0: the slots are those of the completed item; else the number of a `NewGroup`.
    public var group: Int
    /// The slots that the item takes over; none for experience and problems.
    public var owns: SlotRange

    /// Makes one; what is left out is empty.
    public init(item: Item = Item(), group: Int = 0, owns: SlotRange = SlotRange()) {
        self.item = item
        self.group = group
        self.owns = owns
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<NewItem>(
        "NewItem", initialize: eightfold__v1__new_item__init, empty: { NewItem() },
        fields: [
            .message(\.item, \.item),
            .count(\.group, \.group),
            .message(\.owns, \.owns),
        ])
}
