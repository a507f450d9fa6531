import CEightfoldWire

/// The state of the run.
public struct Status: WireValue {
    /// The run's id.
    public var run: String
    /// `running`, `finished` or `stopping`.
    public var state: String
    /// Each queue.
    public var queues: [QueueStatus]
    /// Each live peer.
    public var workers: [WorkerStatus]
    /// Items that failed too often, if they were asked for.
    public var deadLetters: [DeadLetter]
    /// The hub's counters.
    public var counters: [Counter]
    /// The newest policy version.
    public var policyVersion: UInt64
    /// Problems that are ordered and not ended.
    public var problemsInFlight: Int
    /// The learner's last line of progress, as JSON.
    public var progress: String
    /// How many samplers `scale` asked for; 0 for no wish.
    public var wantedSamplers: Int
    /// Rollouts completed in the run.
    public var rollouts: UInt64
    /// What the operator should know.
    public var notices: [String]
    /// By how many versions the request that was leased last is behind the newest.
    public var policyLag: UInt64

    /// Makes one; what is left out is empty.
    public init(
        run: String = "", state: String = "", queues: [QueueStatus] = [], workers: [WorkerStatus] = [],
        deadLetters: [DeadLetter] = [], counters: [Counter] = [], policyVersion: UInt64 = 0,
        problemsInFlight: Int = 0, progress: String = "", wantedSamplers: Int = 0, rollouts: UInt64 = 0,
        notices: [String] = [], policyLag: UInt64 = 0
    ) {
        self.run = run
        self.state = state
        self.queues = queues
        self.workers = workers
        self.deadLetters = deadLetters
        self.counters = counters
        self.policyVersion = policyVersion
        self.problemsInFlight = problemsInFlight
        self.progress = progress
        self.wantedSamplers = wantedSamplers
        self.rollouts = rollouts
        self.notices = notices
        self.policyLag = policyLag
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Status>(
        "Status", initialize: eightfold__v1__status__init, empty: { Status() },
        fields: [
            .text(\.run, \.run),
            .text(\.state, \.state),
            .messages(\.queues, \.n_queues, \.queues),
            .messages(\.workers, \.n_workers, \.workers),
            .messages(\.deadLetters, \.n_dead_letters, \.dead_letters),
            .messages(\.counters, \.n_counters, \.counters),
            .number(\.policyVersion, \.policy_version),
            .count(\.problemsInFlight, \.problems_in_flight),
            .text(\.progress, \.progress),
            .count(\.wantedSamplers, \.wanted_samplers),
            .number(\.rollouts, \.rollouts),
            .texts(\.notices, \.n_notices, \.notices),
            .number(\.policyLag, \.policy_lag),
        ])
}
