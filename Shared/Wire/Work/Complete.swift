import CEightfoldWire

/// Ends leases with their outputs, in one transaction of the ledger.
///
/// All take one lease, but for a checkpoint: it takes the experience it consumed, in the order of training.
public struct Complete: WireValue {
    /// The leases that it ends.
    public var leases: [UInt64]
    /// Groups to open.
    public var groups: [NewGroup]
    /// Items to enqueue.
    public var items: [NewItem]
    /// Slots to end.
    public var endings: [SlotEnding]
    /// The checkpoint, if it is one.
    public var checkpoint: CheckpointOutput?

    /// Makes one; what is left out is empty.
    public init(
        leases: [UInt64] = [], groups: [NewGroup] = [], items: [NewItem] = [], endings: [SlotEnding] = [],
        checkpoint: CheckpointOutput? = nil
    ) {
        self.leases = leases
        self.groups = groups
        self.items = items
        self.endings = endings
        self.checkpoint = checkpoint
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Complete>(
        "Complete", initialize: eightfold__v1__complete__init, empty: { Complete() },
        fields: [
            .numbers(\.leases, \.n_leases, \.leases),
            .messages(\.groups, \.n_groups, \.groups),
            .messages(\.items, \.n_items, \.items),
            .messages(\.endings, \.n_endings, \.endings),
            .message(\.checkpoint, \.checkpoint),
        ])
}
