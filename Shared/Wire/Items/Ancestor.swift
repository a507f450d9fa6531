import CEightfoldWire

/// A problem that another one was evolved from, and how.
public struct Ancestor: WireValue {
    /// The problem, as its source names it.
    public var key: String
    /// The strategy that made the next problem of it.
    public var strategy: String

    /// Makes one; what is left out is empty.
    public init(key: String = "", strategy: String = "") {
        self.key = key
        self.strategy = strategy
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Ancestor>(
        "Ancestor", initialize: eightfold__v1__ancestor__init, empty: { Ancestor() },
        fields: [
            .text(\.key, \.key),
            .text(\.strategy, \.strategy),
        ])
}
