import CEightfoldWire

/// What the hub knows of one peer.
public struct WorkerStatus: WireValue {
    /// Its name.
    public var name: String
    /// What it is.
    public var role: Role
    /// Where it runs.
    public var host: String
    /// Its process.
    public var processID: Int
    /// Leases it holds.
    public var leases: Int
    /// Items it could take now.
    public var credit: Int
    /// Since it was last heard.
    public var silentMilliseconds: Int
    /// What it waits for; empty while it works.
    public var waitingFor: String
    /// For how long.
    public var waitingMilliseconds: Int
    /// Tokens since its start.
    public var tokens: UInt64
    /// How long since its start it had no lease, or waited for something.
    public var waitedMilliseconds: UInt64
    /// Since its start, as of its last heartbeat.
    public var upMilliseconds: UInt64

    /// Makes one; what is left out is empty.
    public init(
        name: String = "", role: Role = .operator, host: String = "", processID: Int = 0, leases: Int = 0,
        credit: Int = 0, silentMilliseconds: Int = 0, waitingFor: String = "", waitingMilliseconds: Int = 0,
        tokens: UInt64 = 0, waitedMilliseconds: UInt64 = 0, upMilliseconds: UInt64 = 0
    ) {
        self.name = name
        self.role = role
        self.host = host
        self.processID = processID
        self.leases = leases
        self.credit = credit
        self.silentMilliseconds = silentMilliseconds
        self.waitingFor = waitingFor
        self.waitingMilliseconds = waitingMilliseconds
        self.tokens = tokens
        self.waitedMilliseconds = waitedMilliseconds
        self.upMilliseconds = upMilliseconds
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<WorkerStatus>(
        "WorkerStatus", initialize: eightfold__v1__worker_status__init, empty: { WorkerStatus() },
        fields: [
            .text(\.name, \.name),
            .enumeration(\.role, \.role),
            .text(\.host, \.host),
            .count(\.processID, \.process_id),
            .count(\.leases, \.leases),
            .count(\.credit, \.credit),
            .count(\.silentMilliseconds, \.silent_milliseconds),
            .text(\.waitingFor, \.waiting_for),
            .count(\.waitingMilliseconds, \.waiting_milliseconds),
            .number(\.tokens, \.tokens),
            .number(\.waitedMilliseconds, \.waited_milliseconds),
            .number(\.upMilliseconds, \.up_milliseconds),
        ])
}
