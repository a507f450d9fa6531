/// What the hub is told about leases, bounds and deadlines.
public struct ExchangeSettings: Sendable, Equatable {
    /// The silence of a peer after which its leases are taken back, in milliseconds.
    public var leaseMilliseconds = 10_000
    /// How often a peer is to be heard, in milliseconds.
    public var heartbeatMilliseconds = 1_000
    /// The longest that one lease may be held by a worker that is heard, in milliseconds.
    public var holdMilliseconds = 600_000
    /// How many lost or failed leases make an item a dead letter; at least 1.
    public var attempts = 3
    /// The bound at the entrance: problems that are ordered and not ended; at least 1.
    public var problemsInFlight = 4_096
    /// The bound on the rollouts and continuations of one problem; at least 1.
    public var fanOutPerProblem = 1_024
    /// Below so much free disk space no new problem is admitted, in bytes.
    public var minimumFreeBytes: UInt64 = 2 << 30
    /// Whether bodies of closed stages are kept that neither the audit nor the table of evaluations needs.
    public var keepsPayloads = true
    /// How many bytes of bodies make a segment.
    public var segmentBytes = 1 << 20
    /// Who grades a rollout.
    public var panel = VerifierPanel()
    /// How long a stopping hub waits for its workers' goodbyes, in milliseconds.
    public var stopMilliseconds = 10_000

    /// The defaults.
    public init() {}
}

/// A point in time on the two clocks that the hub uses.
public struct Moment: Sendable, Equatable {
    /// For deadlines; never goes back.
    public var monotonicMilliseconds: Int64
    /// For what people read; may jump.
    public var unixMilliseconds: Int64

    /// Names a point in time.
    public init(monotonicMilliseconds: Int64, unixMilliseconds: Int64) {
        self.monotonicMilliseconds = monotonicMilliseconds
        self.unixMilliseconds = unixMilliseconds
    }
}
