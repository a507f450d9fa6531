import CEightfoldWire

/// Leases that the hub hands to a worker, against its credit.
public struct Work: WireValue {
    /// The leases.
    public var leases: [Lease]

    /// Makes one; what is left out is empty.
    public init(leases: [Lease] = []) {
        self.leases = leases
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Work>(
        "Work", initialize: eightfold__v1__work__init, empty: { Work() },
        fields: [
            .messages(\.leases, \.n_leases, \.leases)
        ])
}
