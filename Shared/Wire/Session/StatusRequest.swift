import CEightfoldWire

/// Asks the hub for its `Status`.
public struct StatusRequest: WireValue {
    /// Whether to list the dead letters.
    public var withDeadLetters: Bool

    /// Makes one; what is left out is empty.
    public init(withDeadLetters: Bool = false) {
        self.withDeadLetters = withDeadLetters
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<StatusRequest>(
        "StatusRequest", initialize: eightfold__v1__status_request__init, empty: { StatusRequest() },
        fields: [
            .flag(\.withDeadLetters, \.with_dead_letters)
        ])
}
