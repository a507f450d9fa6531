import Wire

/// What is counted of a run from poll to poll: numbers that a hub or a worker begins anew at 0 when it starts again are
/// added up over its starts.
struct RunRates: Sendable {
    /// Rollouts that were graded, and those of them that are correct, since `beginRound`.
    private(set) var graded = 0
    private(set) var correct = 0
    /// Rollouts and tokens a second over the last seconds; nil before the second poll.
    private(set) var rolloutsPerSecond: Double?
    private(set) var tokensPerSecond: Double?

    private var last: [String: UInt64] = [:]
    private var totals: [(at: ContinuousClock.Instant, rollouts: UInt64, tokens: UInt64)] = []
    private var (rollouts, tokens): (UInt64, UInt64) = (0, 0)

    /// Rates are over this time: long enough to be readable, short enough to show a change.
    private static let window = Duration.seconds(5)

    mutating func add(_ status: Status, at now: ContinuousClock.Instant) {
        let isFirst = last.isEmpty
        rollouts += grown("rollouts", status.rollouts)
        for worker in status.workers { tokens += grown("tokens of \(worker.name)", worker.tokens) }
        for counter in status.counters where counter.name.hasPrefix("graded.") {
            let count = Int(clamping: grown(counter.name, counter.value))
            // What was graded before this began to watch belongs to rounds that nobody knows.
            if isFirst { continue }
            graded += count
            if counter.name == "graded.correct" { correct += count }
        }
        totals.append((now, rollouts, tokens))
        while totals.count > 2, now - totals[1].at >= Self.window { totals.removeFirst() }
        guard let first = totals.first, now > first.at else { return }
        let seconds = (now - first.at) / .seconds(1)
        rolloutsPerSecond = Double(rollouts - first.rollouts) / seconds
        tokensPerSecond = Double(tokens - first.tokens) / seconds
    }

    mutating func beginRound() {
        (graded, correct) = (0, 0)
    }

    /// By how much a number has grown since the last poll; nothing at the first poll of a run that was resumed.
    private mutating func grown(_ name: String, _ value: UInt64) -> UInt64 {
        let before = last.updateValue(value, forKey: name)
        guard let before else { return name == "rollouts" ? 0 : value }
        return value >= before ? value - before : value
    }
}
