import CEightfoldWire

/// The run is over, or is being stopped: finish and leave.
public struct Stop: WireValue {
    /// Why, in a sentence.
    public var reason: String

    /// Makes one; what is left out is empty.
    public init(reason: String = "") {
        self.reason = reason
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Stop>(
        "Stop", initialize: eightfold__v1__stop__init, empty: { Stop() },
        fields: [
            .text(\.reason, \.reason)
        ])
}
