/// Leases, admission and storage of the hub.
public struct HubSettings: Sendable, Equatable {
    /// What a committed transaction survives.
    public var durability = Durability.durable

    /// Seconds without a heartbeat after which a worker's leases are lost.
    public var leaseSeconds = 10.0

    /// Seconds that one lease can be held at the longest, heartbeats or not.
    public var holdSeconds = 600.0

    /// Seconds between two heartbeats of a worker.
    public var heartbeatSeconds = 1.0

    /// Lost or failed leases after which an item is a dead letter.
    public var attempts = 3

    /// Problems without an outcome that the hub admits.
    public var problemsInFlight = 4096

    /// Rollouts of one problem that may be under way, continuations included.
    public var fanOutPerProblem = 256

    /// Free disk space in gigabytes (10⁹ bytes) below which no new problem is admitted.
    public var minimumFreeGigabytes = 2.0

    /// Whether the bodies of closed stages are kept that neither the audit nor the table of evaluations needs: of requests,
    /// rollouts and groups that are for training.
    public var keepPayloads = true

    /// Seconds that a service started by hand waits for a hub that is gone.
    public var goneSeconds = 60.0

    /// The defaults.
    public init() {}
}

extension HubSettings: RecipeSection {
    static var keys: [Key<HubSettings>] {
        [
            .value(
                "durability", \.durability, .choice,
                "What a committed transaction survives: a power cut, or the crash of processes only, which is faster."),
            .value(
                "lease_seconds", \.leaseSeconds, .number(0.1...3600),
                "Seconds without a heartbeat after which a worker's leases go to another."),
            .value(
                "hold_seconds", \.holdSeconds, .number(0.1...86_400),
                "The longest that one lease can be held in seconds, so that a worker that hangs loses it too; by a learner, the longest without an update."
            ),
            .value("heartbeat_seconds", \.heartbeatSeconds, .number(0.05...600), "Seconds between two heartbeats."),
            .value(
                "attempts", \.attempts, .integer(1...100),
                "Lost or failed leases after which an item is a dead letter and the run goes on without it."),
            .value(
                "problems_in_flight", \.problemsInFlight, .integer(1...10_000_000),
                "Problems without an outcome that the hub admits; more keeps samplers busier and takes more disk."),
            .value(
                "fan_out_per_problem", \.fanOutPerProblem, .integer(1...1_000_000),
                "Rollouts that may be asked for of one problem in all, continuations included."),
            .value(
                "minimum_free_gigabytes", \.minimumFreeGigabytes, .number(0...1_000_000),
                "Free disk space in gigabytes below which no new problem is admitted."),
            .value(
                "keep_payloads", \.keepPayloads, .flag,
                "Whether traces of closed stages show training's requests, rollouts and searches, which takes disk."),
            .value(
                "gone_seconds", \.goneSeconds, .number(1...86_400),
                "Seconds that a service started by hand waits for a hub that is gone before it ends."),
        ]
    }

    var conflicts: [Conflict] {
        var found: [Conflict] = []
        if leaseSeconds < 2 * heartbeatSeconds {
            found.append(
                Conflict(
                    "lease_seconds",
                    message: "must be at least twice heartbeat_seconds, so that one late heartbeat loses no lease; got "
                        + "\(leaseSeconds) with \(heartbeatSeconds). Raise it to \(2 * heartbeatSeconds) or more."))
        }
        if holdSeconds < leaseSeconds {
            found.append(
                Conflict(
                    "hold_seconds",
                    message: "must be at least lease_seconds; got \(holdSeconds) with \(leaseSeconds). Raise it to "
                        + "\(leaseSeconds) or more."))
        }
        return found
    }
}
