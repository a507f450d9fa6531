import CEightfoldWire

/// A group that a `Complete` opens.
public struct NewGroup: WireValue {
    /// 1, 2, …: how the outputs of the same message name it.
    public var number: Int
    /// How many slots it has; at least 1.
    public var size: Int
    /// What its slots are.
    public var kind: GroupKind
    /// The slots that the group ends when it is full.
    public var owns: SlotRange
    /// Enqueued when the last slot ends; nil: the group's members end the slot it owns.
    public var whenFull: Item?
    /// Where the owned slots are: 0 for the completed item, or the lower number of another `NewGroup`.
    public var group: Int

    /// Makes one; what is left out is empty.
    public init(
        number: Int = 0, size: Int = 0, kind: GroupKind = .rollout, owns: SlotRange = SlotRange(),
        whenFull: Item? = nil, group: Int = 0
    ) {
        self.number = number
        self.size = size
        self.kind = kind
        self.owns = owns
        self.whenFull = whenFull
        self.group = group
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<NewGroup>(
        "NewGroup", initialize: eightfold__v1__new_group__init, empty: { NewGroup() },
        fields: [
            .count(\.number, \.number),
            .count(\.size, \.size),
            .enumeration(\.kind, \.kind),
            .message(\.owns, \.owns),
            .message(\.whenFull, \.when_full),
            .count(\.group, \.group),
        ])
}
