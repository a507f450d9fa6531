/// Names one timer of a `SocketThread`.
public struct TimerID: Hashable, Sendable {
    let number: UInt64
}

/// Closures and the instants they are due at, soonest first, equal instants in the order they were added.
///
/// A handful of timers is usual, so a sorted array is the right structure.
struct TimerQueue {
    private struct Timer {
        let id: TimerID
        let deadline: ContinuousClock.Instant
        let body: () -> Void
    }

    private var timers: [Timer] = []
    private var lastNumber: UInt64 = 0

    var nextDeadline: ContinuousClock.Instant? { timers.first?.deadline }

    mutating func add(deadline: ContinuousClock.Instant, body: @escaping () -> Void) -> TimerID {
        lastNumber += 1
        let timer = Timer(id: TimerID(number: lastNumber), deadline: deadline, body: body)
        let place = timers.firstIndex { $0.deadline > deadline } ?? timers.endIndex
        timers.insert(timer, at: place)
        return timer.id
    }

    mutating func remove(_ id: TimerID) {
        timers.removeAll { $0.id == id }
    }

    /// Takes out the first timer that is due at `now`; nil if none is.
    mutating func takeDue(at now: ContinuousClock.Instant) -> (() -> Void)? {
        guard let first = timers.first, first.deadline <= now else { return nil }
        return timers.removeFirst().body
    }

    mutating func removeAll() {
        timers = []
    }
}
