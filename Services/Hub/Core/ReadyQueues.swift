import DequeModule
import HeapModule
import Ledger
import Wire

/// The items that wait for a worker, each queue in the order of (priority, enqueueing).
///
/// An item on its last attempt is *suspect*: it may be what killed the workers that held it. It waits apart and is leased
/// alone, so that it cannot take innocent items into the dead letters with it.
struct ReadyQueues {
    /// Experience is leased by stage and round, rollouts by the verifier that is to grade them; other queues have one lane.
    struct Lane: Hashable {
        let queue: Queue
        let stage: Int
        let round: Int
        let verifier: Int

        init(_ queue: Queue, stage: Int = 0, round: Int = 0, verifier: Int = 0) {
            self.queue = queue
            self.stage = queue == .experience ? stage : 0
            self.round = queue == .experience ? round : 0
            self.verifier = queue == .rollouts ? verifier : 0
        }

        init(of item: LedgerItem) {
            self.init(item.queue, stage: item.stage, round: item.round, verifier: item.verifier)
        }
    }

    /// What a heap moves about; the items themselves stay where they are.
    private struct Place: Comparable {
        let priority: Int
        let seq: Int64
        static func < (left: Self, right: Self) -> Bool {
            (left.priority, left.seq) < (right.priority, right.seq)
        }
    }

    private var lanes: [Lane: Heap<Place>] = [:]
    private var items: [Int64: LedgerItem] = [:]
    private var suspects: [Lane: Deque<LedgerItem>] = [:]
    private let lastAttempt: Int

    /// - Parameter attempts: how many lost or failed leases make an item a dead letter.
    init(attempts: Int) {
        lastAttempt = attempts - 1
    }

    /// Whether the item is on its last attempt.
    func isSuspect(_ item: LedgerItem) -> Bool {
        lastAttempt > 0 && item.attempts >= lastAttempt && Self.lossTells(of: item.queue)
    }

    /// Whether the loss of a worker says something of an item that it held: the learner holds a decision point and
    /// thousands of experiences at once, and could never hold one of them alone.
    static func lossTells(of queue: Queue) -> Bool { queue != .stages && queue != .experience }

    mutating func push(_ item: LedgerItem) {
        let lane = Lane(of: item)
        if isSuspect(item) {
            suspects[lane, default: []].append(item)
        } else {
            lanes[lane, default: []].insert(Place(priority: item.priority, seq: item.seq))
            items[item.seq] = item
        }
    }

    /// The next item of a lane that is not suspect.
    func next(_ lane: Lane) -> LedgerItem? { lanes[lane]?.min.flatMap { items[$0.seq] } }

    /// Takes the next item of a lane that is not suspect.
    mutating func pop(_ lane: Lane) -> LedgerItem? {
        lanes[lane]?.popMin().flatMap { items.removeValue(forKey: $0.seq) }
    }

    /// The next suspect of a lane.
    func nextSuspect(_ lane: Lane) -> LedgerItem? { suspects[lane]?.first }

    /// Takes the next suspect of a lane.
    mutating func popSuspect(_ lane: Lane) -> LedgerItem? { suspects[lane]?.popFirst() }

    /// How many items of a lane wait.
    func count(_ lane: Lane) -> Int { (lanes[lane]?.count ?? 0) + (suspects[lane]?.count ?? 0) }

    /// How many items of a queue wait.
    func count(_ queue: Queue) -> Int {
        lanes.reduce(0) { $0 + ($1.key.queue == queue ? $1.value.count : 0) }
            + suspects.reduce(0) { $0 + ($1.key.queue == queue ? $1.value.count : 0) }
    }
}
