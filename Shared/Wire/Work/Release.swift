import CEightfoldWire

/// Gives leases back untouched; it does not count as an attempt.
public struct Release: WireValue {
    /// The leases.
    public var leases: [UInt64]

    /// Makes one; what is left out is empty.
    public init(leases: [UInt64] = []) {
        self.leases = leases
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Release>(
        "Release", initialize: eightfold__v1__release__init, empty: { Release() },
        fields: [
            .numbers(\.leases, \.n_leases, \.leases)
        ])
}
