/// How much of its time a worker had nothing to do.
struct WaitingTime {
    private let start: ContinuousClock.Instant
    private var past = Duration.zero
    /// Since when it has nothing to do; nil while it works.
    private var since: ContinuousClock.Instant?

    /// A worker that starts has nothing to do yet.
    init(at now: ContinuousClock.Instant) {
        start = now
        since = now
    }

    /// Tells whether the worker waits from now on.
    mutating func set(waits: Bool, at now: ContinuousClock.Instant) {
        if let since, !waits {
            past += now - since
            self.since = nil
        } else if waits, since == nil {
            since = now
        }
    }

    /// The time without work.
    func waited(at now: ContinuousClock.Instant) -> Duration { past + (since.map { now - $0 } ?? .zero) }

    /// All the time since the start.
    func up(at now: ContinuousClock.Instant) -> Duration { now - start }
}
