import CEightfoldWire

/// How the slots of a group ended, as the result of the slot that the group owned.
public struct Members: WireValue {
    /// In the order of the slots.
    public var members: [Member]

    /// Makes one; what is left out is empty.
    public init(members: [Member] = []) {
        self.members = members
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Members>(
        "Members", initialize: eightfold__v1__members__init, empty: { Members() },
        fields: [
            .messages(\.members, \.n_members, \.members)
        ])
}
