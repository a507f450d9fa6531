import Foundation
import GRDB
public import Wire

/// A join: slots that end one by one.
public struct LedgerGroup: Sendable, Equatable {
    /// Its id in the ledger.
    public internal(set) var id: Int64 = 0
    /// What its slots are.
    public let kind: GroupKind
    /// How many slots it has.
    public let size: Int
    /// The slots that it ends when it is full; nil for the run's own group.
    public let owns: OwnedSlots?
    /// The item that opened it; 0 for the run's own group.
    public let openedBy: Int64
    /// The problem it belongs to; empty for groups of orders and of problems.
    public let problem: String
    /// Enqueued when the last slot ends; nil: the members end the slot that the group owns. Its id is whole.
    public let whenFull: Item?

    /// Describes a group that is not in the ledger yet.
    public init(kind: GroupKind, size: Int, owns: OwnedSlots?, openedBy: Int64, problem: String, whenFull: Item?) {
        self.kind = kind
        self.size = size
        self.owns = owns
        self.openedBy = openedBy
        self.problem = problem
        self.whenFull = whenFull
    }
}

extension LedgerTransaction {
    /// Opens a group; returns its id.
    public func open(_ group: LedgerGroup) throws -> Int64 {
        try run(
            """
            INSERT INTO groups (kind, size, remaining, owner_group, owner_first, owner_count, opened_by, problem,
                when_full_id, when_full) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                Int(group.kind.rawValue), group.size, group.size, group.owns?.group, group.owns?.first ?? 0,
                group.owns?.count ?? 0, group.openedBy, group.problem, group.whenFull?.id,
                group.whenFull?.encoded(),
            ])
        return db.lastInsertedRowID
    }

    /// Ends a slot.
    ///
    /// - Returns: the kind of the slot's group and how many of its slots have not ended; nil if this slot had ended
    ///   before, or is none of the group's (nothing is changed then).
    public func end(
        slot: Int, of group: Int64, as end: End, by item: Int64, result: [UInt8], reason: String
    ) throws -> (kind: GroupKind, remaining: Int)? {
        try run(
            """
            INSERT INTO slots (group_id, slot, end, item, result, reason)
            SELECT id, ?, ?, ?, ?, ? FROM groups WHERE id = ? AND ? BETWEEN 0 AND size - 1
            ON CONFLICT (group_id, slot) DO NOTHING
            """,
            [slot, Int(end.rawValue), item, result, reason, group, slot])
        guard db.changesCount == 1 else { return nil }
        let found = try first(
            "UPDATE groups SET remaining = remaining - 1 WHERE id = ? RETURNING kind, remaining", [group]
        ) { (kind: GroupKind(rawValue: UInt32(truncatingIfNeeded: $0.number(0))), remaining: Int($0.number(1))) }
        guard let found, let kind = found.kind else {
            throw LedgerError(.damaged, "Slot \(slot) was ended in group \(group), which is not in the ledger.")
        }
        return (kind, found.remaining)
    }

    /// Takes back the end of a dead letter's slots.
    ///
    /// - Returns: false if the group is full already: what followed from it cannot be taken back.
    public func reopen(_ slots: OwnedSlots) throws -> Bool {
        let statement = try db.cachedStatement(sql: "SELECT remaining FROM groups WHERE id = ?")
        guard let remaining = try Int.fetchOne(statement, arguments: [slots.group]), remaining > 0 else { return false }
        try run(
            "DELETE FROM slots WHERE group_id = ? AND slot >= ? AND slot < ?",
            [slots.group, slots.first, slots.first + slots.count])
        try run("UPDATE groups SET remaining = remaining + ? WHERE id = ?", [slots.count, slots.group])
        return true
    }

    /// A group.
    public func group(_ id: Int64) throws -> LedgerGroup {
        let statement = try db.cachedStatement(sql: "SELECT * FROM groups WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id]), let kind = GroupKind(rawValue: row["kind"]) else {
            throw LedgerError(.damaged, "Group \(id) is not in the ledger.")
        }
        let whenFull: Data? = row["when_full"]
        let owner: Int64? = row["owner_group"]
        var group = LedgerGroup(
            kind: kind, size: row["size"],
            owns: owner.map { OwnedSlots(group: $0, first: row["owner_first"], count: row["owner_count"]) },
            openedBy: row["opened_by"], problem: row["problem"],
            whenFull: try whenFull.map { try Item(decoding: [UInt8]($0)) })
        group.id = id
        return group
    }

    /// How the slots of a full group ended, in their order.
    ///
    /// - Parameter withBodies: whether to bring the bodies of the items that ended them.
    public func members(of group: Int64, withBodies: Bool) throws -> [Member] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT slots.slot, slots.end, items.id, slots.result, slots.reason, items.seq, bodies.body
                FROM slots LEFT JOIN items ON items.seq = slots.item LEFT JOIN bodies ON ? AND bodies.item = slots.item
                WHERE slots.group_id = ? ORDER BY slots.slot
                """)
        return try Row.fetchAll(statement, arguments: [withBodies, group]).map { row in
            let item: Int64? = withBodies ? row[5] : nil
            return Member(
                slot: row[0], end: End(rawValue: row[1]) ?? .unspecified, item: row[2] ?? "",
                body: try item.flatMap { try bodies.body(in: row[6], or: $0, db) } ?? [], result: bytes(row[3]),
                reason: row[4])
        }
    }

    /// The policy version that a group's first lease fixed; nil before.
    public func policyVersion(of group: Int64) throws -> UInt64? {
        try first("SELECT policy_version FROM groups WHERE id = ?", [group]) { row in
            row.isNull(0) ? nil : UInt64(row.number(0))
        } ?? nil
    }

    /// Fixes a group's policy version.
    public func setPolicyVersion(_ version: UInt64, of group: Int64) throws {
        try run("UPDATE groups SET policy_version = ? WHERE id = ?", [Int64(version), group])
    }

    /// How many rollouts were ever asked for a problem.
    public func fanOut(of problem: String) throws -> Int {
        try first("SELECT SUM(size) FROM groups WHERE problem = ?", [problem]) { Int($0.number(0)) } ?? 0
    }
}
