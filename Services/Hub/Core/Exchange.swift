import Basics
public import Blobs
import Foundation
public import Ledger
public import Wire

/// A message that reached the hub.
public struct Inbound: Sendable {
    /// Where it came from, and where the answer goes.
    public let peer: [UInt8]
    /// The role that the peer proved by its key; nil where keys are not in use.
    public let provenRole: Role?
    /// Its frames.
    public let frames: [[UInt8]]

    /// Describes a message.
    public init(peer: [UInt8], provenRole: Role?, frames: [[UInt8]]) {
        self.peer = peer
        self.provenRole = provenRole
        self.frames = frames
    }
}

/// A message that the hub sends.
public struct Outbound: Sendable {
    /// Where it goes.
    public let peer: [UInt8]
    /// The message.
    public let message: WireMessage
}

/// The hub's state machine: messages and the time in, messages out.
///
/// It has no sockets, threads or clocks. Each call of `process` is one transaction of the ledger, and what it returns is
/// sent after the commit. What it keeps in memory is a copy of what the ledger holds; when a transaction fails, the
/// exchange is thrown away with the process and built anew from the ledger.
public final class Exchange {
    let ledger: Ledger
    let blobs: BlobStore
    let settings: ExchangeSettings
    /// The run as every peer is told of it.
    let welcome: Welcome

    // What the ledger holds, at hand.
    var ready: ReadyQueues
    var leases: [UInt64: LiveLease] = [:]
    var problemsInFlight = 0
    /// Rollouts that a verifier has graded; one that several graded counts once.
    var gradedRollouts = 0
    /// The problems of the orders that are leased.
    var problemsBegun = 0
    var policies: [UInt64: ContentHash] = [:]
    var newestPolicy = PolicyVersion(0)
    var queueCounts: [Queue: QueueStatus] = [:]
    /// `running`, `stopping` or `finished`.
    public internal(set) var state = State.running

    // What only this start of the hub knows.
    var sessions: [Int64: Session] = [:]
    var sessionOfPeer: [[UInt8]: Int64] = [:]
    /// The sessions that have credit, by queue.
    var takers: [Queue: Set<Int64>] = [:]
    /// No session has been silent for too long, and no lease held for too long, before these times.
    var nextSilence = Int64.min
    var nextOverdue = Int64.min
    var sentCount: UInt64 = 0
    var outbox: [Outbound] = []
    var wantedSamplers = 0
    /// By how many versions the request that was leased last is behind the newest.
    var policyLag: UInt64 = 0
    var progress = ""
    var freeBytes = UInt64.max
    var isLowOnSpace = false
    var stoppingSince: Int64?
    /// Counters by name, since the start.
    public internal(set) var counters: [String: UInt64] = [:]
    /// What happened that an operator may want to read in the log, since the last call.
    public internal(set) var notices: [String] = []
    /// Files to delete after the commit.
    var forgottenBlobs: [ContentHash] = []
    var refusalsTold = RateLimit(each: 1_000, most: 20)

    /// What the hub is about.
    public enum State: String, Sendable {
        case running, stopping, finished
    }

    /// A lease that is live, with what completing it needs.
    struct LiveLease {
        let item: LedgerItem
        let session: Int64
        let grantedMilliseconds: Int64
    }

    /// Builds the exchange of a run from its ledger.
    ///
    /// - Throws: `LedgerError` if the ledger holds no run (see `Ledger.begin`) or contradicts itself.
    public init(
        ledger: Ledger, blobs: BlobStore, settings: ExchangeSettings, incarnation: String, host: String, at now: Moment
    ) throws {
        self.ledger = ledger
        self.blobs = blobs
        self.settings = settings
        ready = ReadyQueues(attempts: settings.attempts)
        let run = try ledger.transaction { try $0.run() }
        welcome = Welcome(
            run: run.id, hubIncarnation: incarnation, heartbeatMilliseconds: settings.heartbeatMilliseconds,
            leaseMilliseconds: settings.leaseMilliseconds, seed: run.seed, recipeYAML: run.recipeYAML,
            blobDirectory: blobs.directory.path, host: host)
        try recover(at: now)
    }

    /// Takes in what arrived, takes back what was lost, and hands out what it can: one transaction.
    ///
    /// - Returns: the messages to send, now that all of it is committed.
    /// - Throws: `LedgerError` if the transaction failed. The exchange is of no use then.
    public func process(_ inbound: [Inbound], at now: Moment) throws -> [Outbound] {
        outbox.removeAll(keepingCapacity: true)
        notices.removeAll(keepingCapacity: true)
        noteSpace()
        try ledger.transaction { transaction in
            for message in inbound { try receive(message, in: transaction, at: now) }
            try expire(in: transaction, at: now)
            if state == .running { try dispatch(in: transaction, at: now) }
        }
        deleteForgottenBlobs()
        return outbox
    }

    /// When `process` is due though nothing arrives, in milliseconds from now.
    public var millisecondsToNextDeadline: Int { settings.heartbeatMilliseconds }

    /// Whether the hub may end: the run is over or stopping, and no worker is left, or none has been heard for too long.
    public func mayEnd(at now: Moment) -> Bool {
        guard state != .running, let stoppingSince else { return false }
        return sessions.values.allSatisfy { $0.peer == nil }
            || now.monotonicMilliseconds - stoppingSince >= Int64(settings.stopMilliseconds)
    }

    /// Tells the hub how much disk space is free.
    public func noteFreeSpace(bytes: UInt64) {
        freeBytes = bytes
    }

    private func noteSpace() {
        let isLow = freeBytes < settings.minimumFreeBytes
        if isLow != isLowOnSpace { notices.append(isLow ? lowSpaceNotice : "There is enough free disk space again.") }
        isLowOnSpace = isLow
    }

    var lowSpaceNotice: String {
        "No new problems are admitted: \(freeBytes >> 20) MB are free where the run is stored, and at least "
            + "\(settings.minimumFreeBytes >> 20) MB must be. Free some, and the run goes on by itself."
    }

    // MARK: Sending and counting

    func send(
        _ type: MessageType, _ payload: [UInt8], to peer: [UInt8], because cause: String?, at now: Moment,
        chunk: [UInt8]? = nil
    ) {
        sentCount += 1
        let envelope = Envelope(
            major: WireVersion.major, minor: WireVersion.minor, type: type, run: welcome.run,
            id: "hub-\(welcome.hubIncarnation)-\(sentCount)", causes: cause.map { [$0] } ?? [], sender: "hub",
            sentUnixNanoseconds: UInt64(max(0, now.unixMilliseconds)) * 1_000_000, attempt: 1)
        outbox.append(Outbound(peer: peer, message: WireMessage(envelope: envelope, payload: payload, chunk: chunk)))
    }

    func count(_ name: String, _ amount: UInt64 = 1) {
        counters[name, default: 0] += amount
    }

    func count(_ item: LedgerItem, from old: LedgerItem.State?, to new: LedgerItem.State) {
        var counts = queueCounts[item.queue] ?? QueueStatus(queue: "\(item.queue)")
        if let old { counts[keyPath: Self.countPath(old)] -= 1 }
        counts[keyPath: Self.countPath(new)] += 1
        queueCounts[item.queue] = counts
    }

    static func countPath(_ state: LedgerItem.State) -> WritableKeyPath<QueueStatus, Int> {
        switch state {
        case .ready: \.ready
        case .leased: \.leased
        case .done, .record: \.done
        case .dead: \.dead
        }
    }
}
