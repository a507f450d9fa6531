import CEightfoldWire

/// The first message of a peer, and the first again after the hub was gone.
///
/// Produced by every worker and operator; consumed by the hub.
public struct Hello: WireValue {
    /// What the peer is.
    public var role: Role
    /// Unique among the run's live peers.
    public var name: String
    /// Unique for each start of the process; a new one supersedes the old one of that name.
    public var instance: String
    /// The host's name.
    public var host: String
    /// The process.
    public var processID: Int
    /// The arithmetic and precision that this process computes with; empty where it computes nothing.
    public var numerics: String
    /// Of a verifier: as which of the recipe's panel it grades; empty is `exact`.
    public var verifier: String

    /// Makes one; what is left out is empty.
    public init(
        role: Role = .operator, name: String = "", instance: String = "", host: String = "", processID: Int = 0,
        numerics: String = "", verifier: String = ""
    ) {
        self.role = role
        self.name = name
        self.instance = instance
        self.host = host
        self.processID = processID
        self.numerics = numerics
        self.verifier = verifier
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Hello>(
        "Hello", initialize: eightfold__v1__hello__init, empty: { Hello() },
        fields: [
            .enumeration(\.role, \.role),
            .text(\.name, \.name),
            .text(\.instance, \.instance),
            .text(\.host, \.host),
            .count(\.processID, \.process_id),
            .text(\.numerics, \.numerics),
            .text(\.verifier, \.verifier),
        ])
}
