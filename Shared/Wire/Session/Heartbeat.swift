import CEightfoldWire

/// A sign of life, both ways.
public struct Heartbeat: WireValue {
    /// From the hub: which start of it this is.
    public var hubIncarnation: String
    /// From a peer: what it waits for, in words; empty while it works.
    public var waitingFor: String
    /// From a peer: for how long.
    public var waitingMilliseconds: Int
    /// From a peer: the leases it holds.
    public var leases: [UInt64]
    /// From a peer: tokens sampled or trained on since its start.
    public var tokens: UInt64
    /// From the hub to the operator: how many samplers `scale` asked for; 0 for no wish.
    public var wantedSamplers: Int
    /// From the learner: its last line of progress, as JSON.
    public var progress: String
    /// From a peer: how long since its start it had no lease, or waited for something.
    public var waitedMilliseconds: UInt64
    /// From a peer: since its start.
    public var upMilliseconds: UInt64

    /// Makes one; what is left out is empty.
    public init(
        hubIncarnation: String = "", waitingFor: String = "", waitingMilliseconds: Int = 0, leases: [UInt64] = [],
        tokens: UInt64 = 0, wantedSamplers: Int = 0, progress: String = "", waitedMilliseconds: UInt64 = 0,
        upMilliseconds: UInt64 = 0
    ) {
        self.hubIncarnation = hubIncarnation
        self.waitingFor = waitingFor
        self.waitingMilliseconds = waitingMilliseconds
        self.leases = leases
        self.tokens = tokens
        self.wantedSamplers = wantedSamplers
        self.progress = progress
        self.waitedMilliseconds = waitedMilliseconds
        self.upMilliseconds = upMilliseconds
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Heartbeat>(
        "Heartbeat", initialize: eightfold__v1__heartbeat__init, empty: { Heartbeat() },
        fields: [
            .text(\.hubIncarnation, \.hub_incarnation),
            .text(\.waitingFor, \.waiting_for),
            .count(\.waitingMilliseconds, \.waiting_milliseconds),
            .numbers(\.leases, \.n_leases, \.leases),
            .number(\.tokens, \.tokens),
            .count(\.wantedSamplers, \.wanted_samplers),
            .text(\.progress, \.progress),
            .number(\.waitedMilliseconds, \.waited_milliseconds),
            .number(\.upMilliseconds, \.up_milliseconds),
        ])
}
