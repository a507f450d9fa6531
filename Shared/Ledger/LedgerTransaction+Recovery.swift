import Foundation
import GRDB
public import Wire

/// A lease that was live when the hub stopped.
public struct RecoveredLease: Sendable {
    /// Its id.
    public let id: UInt64
    /// Its item.
    public let item: LedgerItem
    /// Who holds it.
    public let session: Int64
}

extension LedgerTransaction {
    /// The items that wait for a worker, in the order of enqueueing.
    public func readyItems() throws -> [LedgerItem] {
        try Row.fetchAll(db, sql: "SELECT * FROM items WHERE state = 0 AND state < 2 ORDER BY seq").map { try item($0) }
    }

    /// The leases that are live.
    public func liveLeases() throws -> [RecoveredLease] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT items.*, leases.id AS lease, leases.session AS session
                FROM leases JOIN items ON items.seq = leases.item WHERE leases.end = 0 ORDER BY leases.id
                """
        ).map { RecoveredLease(id: UInt64($0["lease"] as Int64), item: try item($0), session: $0["session"]) }
    }

    /// What a session said in its `Hello`.
    public func hello(of session: Int64) throws -> Hello? {
        try Row.fetchOne(db, sql: "SELECT * FROM sessions WHERE id = ?", arguments: [session]).map { row in
            Hello(
                role: Role(rawValue: row["role"]) ?? .unspecified, name: row["name"], instance: row["instance"],
                host: row["host"], processID: row["process_id"], numerics: row["numerics"], verifier: row["verifier"])
        }
    }

    /// Problems that were ordered and have not ended.
    public func problemsInFlight() throws -> Int {
        try Int.fetchOne(
            db, sql: "SELECT SUM(remaining) FROM groups WHERE kind = \(GroupKind.order.rawValue)") ?? 0
    }

    /// Rollouts that have been graded, by however many verifiers.
    public func gradedRollouts() throws -> Int {
        try Int.fetchOne(
            db,
            sql: "SELECT COUNT(*) FROM items WHERE queue = \(Queue.rollouts.rawValue) AND state = 2 AND verifier = 0")
            ?? 0
    }

    /// How many items of each queue are in each state.
    public func queueCounts() throws -> [(queue: Queue, state: LedgerItem.State, count: Int)] {
        try Row.fetchAll(db, sql: "SELECT queue, state, COUNT(*) FROM items GROUP BY queue, state").compactMap { row in
            guard let queue = Queue(rawValue: row[0]), let state = LedgerItem.State(rawValue: row[1]) else {
                return nil
            }
            return (queue, state, row[2])
        }
    }

    /// The dead letters, newest first, with the reason of their last lease's end; at most `limit`.
    public func deadLetters(limit: Int) throws -> [DeadLetter] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT id, queue, attempts,
                    (SELECT reason FROM leases WHERE item = items.seq ORDER BY leases.id DESC LIMIT 1) AS reason
                FROM items WHERE state = 3 ORDER BY seq DESC LIMIT ?
                """, arguments: [limit]
        ).map { row in
            DeadLetter(
                item: row["id"], queue: "\(Queue(rawValue: row["queue"]) ?? .unspecified)", reason: row["reason"] ?? "",
                attempts: row["attempts"])
        }
    }

    /// Reads an item from a row of `items`.
    func item(_ row: Row) throws -> LedgerItem {
        guard let queue = Queue(rawValue: row["queue"]), let purpose = Purpose(rawValue: row["purpose"]) else {
            throw LedgerError(.damaged, "Item \(row["id"] as String) has a queue or a purpose that is unknown.")
        }
        let group: Int64? = row["group_id"]
        let refersTo: String = row["refers_to"]
        var item = LedgerItem(
            id: row["id"], queue: queue, purpose: purpose, stage: row["stage"], round: row["round"],
            priority: row["priority"], weight: row["weight"],
            slots: group.map { OwnedSlots(group: $0, first: row["slot_first"], count: row["slot_count"]) },
            joinedGroup: row["joined_group"], problem: row["problem"],
            refersTo: refersTo.split(separator: "\n").map(String.init), verifier: row["verifier"])
        item.seq = row["seq"]
        item.attempts = row["attempts"]
        return item
    }
}
