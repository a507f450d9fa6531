import CEightfoldWire

/// What an operator tells the hub to do.
public struct Command: WireValue {
    /// The command.
    public var kind: CommandKind
    /// `scaleSamplers`: how many.
    public var count: Int
    /// `requeue`: the dead letter's id.
    public var item: String

    /// Makes one; what is left out is empty.
    public init(kind: CommandKind = .stopRun, count: Int = 0, item: String = "") {
        self.kind = kind
        self.count = count
        self.item = item
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Command>(
        "Command", initialize: eightfold__v1__command__init, empty: { Command() },
        fields: [
            .enumeration(\.kind, \.kind),
            .count(\.count, \.count),
            .text(\.item, \.item),
        ])
}
