import Wire

/// What is counted of a run from poll to poll: numbers that a hub or a worker begins anew at 0 when it starts again are
/// added up over its starts.
struct RunRates: Sendable {
    /// The rollouts of training problems that ended since `beginRound`.
    private(set) var graded = Grades()
    /// The rollouts of evaluations since `endEvaluation`. They are apart because the first of them come in while the stage
    /// before is still the one that is known.
    private(set) var evaluated = Grades()
    /// Rollouts and tokens a second over the last seconds; nil before the second poll.
    private(set) var rolloutsPerSecond: Double?
    private(set) var tokensPerSecond: Double?

    private var last: [String: UInt64] = [:]
    private var totals: [(at: ContinuousClock.Instant, rollouts: UInt64, tokens: Double)] = []
    /// Tokens in floating point, since a worker may say any number.
    private var (rollouts, tokens): (UInt64, Double) = (0, 0)

    /// Rates are over this time: long enough to be readable, short enough to show a change.
    private static let window = Duration.seconds(5)

    mutating func add(_ status: Status, at now: ContinuousClock.Instant) {
        let isFirst = last.isEmpty
        rollouts += grown("rollouts", status.rollouts)
        for worker in status.workers { tokens += Double(grown("tokens of \(worker.name)", worker.tokens)) }
        for counter in status.counters {
            let parts = counter.name.split(separator: ".")
            guard parts.count == 2, let kind = Self.kinds[parts[0]] else { continue }
            let count = Int(clamping: grown(counter.name, counter.value))
            // What was graded before this began to watch belongs to rounds that nobody knows.
            if isFirst { continue }
            self[keyPath: kind].all += count
            if parts[1] == "correct" { self[keyPath: kind].correct += count }
        }
        totals.append((now, rollouts, tokens))
        while totals.count > 2, now - totals[1].at >= Self.window { totals.removeFirst() }
        guard let first = totals.first, now > first.at else { return }
        let seconds = (now - first.at) / .seconds(1)
        rolloutsPerSecond = Double(rollouts - first.rollouts) / seconds
        tokensPerSecond = (tokens - first.tokens) / seconds
    }

    mutating func beginRound() {
        graded = Grades()
    }

    mutating func endEvaluation() {
        evaluated = Grades()
    }

    /// How many rollouts were graded, and how many of them are correct.
    struct Grades: Sendable {
        var all = 0
        var correct = 0

        /// The share of correct ones; nil before one is graded.
        var accuracy: Double? { all > 0 ? Double(correct) / Double(all) : nil }
    }

    private static var kinds: [Substring: WritableKeyPath<Self, Grades>] {
        ["graded": \.graded, "evaluated": \.evaluated]
    }

    /// By how much a number has grown since the last poll; nothing at the first poll of a run that was resumed.
    private mutating func grown(_ name: String, _ value: UInt64) -> UInt64 {
        let before = last.updateValue(value, forKey: name)
        guard let before else { return name == "rollouts" ? 0 : value }
        return value >= before ? value - before : value
    }
}
