/// How often it is said that messages were lost: a reader that is too slow must not be told so after every line.
struct LossReport {
    private var told: UInt64 = 0
    private var toldAt: ContinuousClock.Instant?

    /// How many were lost since the last time; nil where it is not yet time to say it again, or there are none.
    mutating func report(_ missed: UInt64, at now: ContinuousClock.Instant, isLast: Bool = false) -> UInt64? {
        guard missed > told else { return nil }
        if let toldAt, !isLast, now - toldAt < .seconds(1) { return nil }
        defer { (told, toldAt) = (missed, now) }
        return missed - told
    }
}
