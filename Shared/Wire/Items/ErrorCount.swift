import CEightfoldWire

/// How many gradings failed for one reason.
public struct ErrorCount: WireValue {
    /// A short fixed word, for instance `too-long`.
    public var kind: String
    /// How many.
    public var count: Int

    /// Makes one; what is left out is empty.
    public init(kind: String = "", count: Int = 0) {
        self.kind = kind
        self.count = count
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<ErrorCount>(
        "ErrorCount", initialize: eightfold__v1__error_count__init, empty: { ErrorCount() },
        fields: [
            .text(\.kind, \.kind),
            .count(\.count, \.count),
        ])
}
