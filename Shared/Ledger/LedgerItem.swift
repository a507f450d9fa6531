public import Wire

/// An item as the hub keeps it in memory: everything but its body.
public struct LedgerItem: Sendable, Equatable {
    /// What an item waits for.
    public enum State: Int, Sendable {
        case ready = 0, leased, done, dead
        /// Never leased: what other items refer to.
        case record
    }

    /// Its place in the ledger; grows in the order of enqueueing.
    public internal(set) var seq: Int64 = 0
    /// Its id.
    public let id: String
    /// Its queue.
    public let queue: Queue
    /// What it is for.
    public let purpose: Purpose
    /// The recipe's stage.
    public let stage: Int
    /// The stage's round.
    public let round: Int
    /// Lower is leased first.
    public let priority: Int
    /// Leases of it that were lost or failed.
    public var attempts: Int = 0
    /// Orders: the problems it stands for. Requests: the rollouts. Else 1.
    public let weight: Int
    /// The slots that its completion must hand on or end.
    public let slots: OwnedSlots?
    /// The group whose members it carries, where a join made it.
    public let joinedGroup: Int64?
    /// The problem that it belongs to; empty for decision points and orders.
    public let problem: String
    /// Ids of the items whose bodies are attached when it is leased.
    public let refersTo: [String]
    /// Rollouts: the place in the panel, from 0, of the verifier that is to grade it. Else 0.
    public let verifier: Int

    /// Describes an item that is not in the ledger yet.
    public init(
        id: String, queue: Queue, purpose: Purpose, stage: Int, round: Int, priority: Int, weight: Int,
        slots: OwnedSlots?, joinedGroup: Int64?, problem: String, refersTo: [String], verifier: Int = 0
    ) {
        self.id = id
        self.queue = queue
        self.purpose = purpose
        self.stage = stage
        self.round = round
        self.priority = priority
        self.weight = weight
        self.slots = slots
        self.joinedGroup = joinedGroup
        self.problem = problem
        self.refersTo = refersTo
        self.verifier = verifier
    }
}

/// Consecutive slots of one group, in the hands of one item or one open group. Ownership is linear: at any time every
/// slot that has not ended has exactly one owner.
public struct OwnedSlots: Sendable, Equatable {
    /// The group.
    public let group: Int64
    /// The first slot.
    public let first: Int
    /// How many; at least 1.
    public let count: Int

    /// Names slots `first ..< first + count` of `group`.
    public init(group: Int64, first: Int, count: Int) {
        self.group = group
        self.first = first
        self.count = count
    }

    /// The slots.
    public var range: Range<Int> { first..<(first + count) }
}
