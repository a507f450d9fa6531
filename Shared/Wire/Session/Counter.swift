import CEightfoldWire

/// One of the hub's counters.
public struct Counter: WireValue {
    /// Its name, for instance `refused.lease-expired`.
    public var name: String
    /// Its value since the hub's start.
    public var value: UInt64

    /// Makes one; what is left out is empty.
    public init(name: String = "", value: UInt64 = 0) {
        self.name = name
        self.value = value
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Counter>(
        "Counter", initialize: eightfold__v1__counter__init, empty: { Counter() },
        fields: [
            .text(\.name, \.name),
            .number(\.value, \.value),
        ])
}
