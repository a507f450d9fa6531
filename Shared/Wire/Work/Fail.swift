import CEightfoldWire

/// Ends a lease because the work cannot be done.
public struct Fail: WireValue {
    /// The lease.
    public var lease: UInt64
    /// Why, in a sentence.
    public var reason: String
    /// Whether another try may succeed.
    public var retriable: Bool

    /// Makes one; what is left out is empty.
    public init(lease: UInt64 = 0, reason: String = "", retriable: Bool = false) {
        self.lease = lease
        self.reason = reason
        self.retriable = retriable
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Fail>(
        "Fail", initialize: eightfold__v1__fail__init, empty: { Fail() },
        fields: [
            .number(\.lease, \.lease),
            .text(\.reason, \.reason),
            .flag(\.retriable, \.retriable),
        ])
}
