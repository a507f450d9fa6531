import Foundation
import GRDB
public import Wire

/// What can be written and read inside one transaction. Each method is one statement, or a few that belong together.
public struct LedgerTransaction {
    let db: Database
    let bodies: Bodies
    var statements = LedgerStatements()

    /// Runs a statement that returns no rows.
    func run(_ sql: StaticString, _ values: [(any LedgerValue)?]) throws {
        try statements.run(sql, values, in: db)
    }

    /// Runs a statement and reads its first row; nil if there is none.
    func first<Value>(
        _ sql: StaticString, _ values: [(any LedgerValue)?], _ read: (LedgerRow) -> Value
    ) throws -> Value? {
        try statements.first(sql, values, in: db, read)
    }
}

// MARK: Items

extension LedgerTransaction {
    /// Adds an item; returns it with its place in the ledger.
    ///
    /// - Returns: nil if its id is taken.
    public func insert(
        _ item: LedgerItem, body: [UInt8], state: LedgerItem.State, parent: Int64?, at now: Int64
    ) throws -> LedgerItem? {
        try run(
            """
            INSERT INTO items (id, queue, state, purpose, stage, round, priority, weight, group_id, slot_first,
                slot_count, joined_group, problem, refers_to, verifier, parent, enqueued_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
            """,
            [
                item.id, Int(item.queue.rawValue), state.rawValue, Int(item.purpose.rawValue), item.stage, item.round,
                item.priority, item.weight, item.slots?.group, item.slots?.first ?? 0, item.slots?.count ?? 0,
                item.joinedGroup, item.problem, item.refersTo.joined(separator: "\n"), item.verifier,
                parent, now,
            ])
        guard db.changesCount == 1 else { return nil }
        var inserted = item
        inserted.seq = db.lastInsertedRowID
        try run("INSERT INTO bodies (item, body) VALUES (?, ?)", [inserted.seq, body])
        return inserted
    }

    /// Sets an item's state.
    public func setState(_ state: LedgerItem.State, of item: Int64) throws {
        try run("UPDATE items SET state = ? WHERE seq = ?", [state.rawValue, item])
    }

    /// Sets an item's state and its count of lost and failed leases.
    public func setState(_ state: LedgerItem.State, attempts: Int, of item: Int64) throws {
        try run("UPDATE items SET state = ?, attempts = ? WHERE seq = ?", [state.rawValue, attempts, item])
    }

    /// An item's body; nil if it was dropped when its stage was closed.
    public func body(of item: Int64) throws -> [UInt8]? {
        if let body = try first("SELECT body FROM bodies WHERE item = ?", [item], { $0.bytes(0) }) { return body }
        return try bodies.body(in: nil, or: item, db)
    }

    /// The body of the item with this id; nil if there is none, or it was dropped when its stage was closed.
    public func body(ofID id: String) throws -> [UInt8]? {
        let found = try first("SELECT seq, body FROM items LEFT JOIN bodies ON item = seq WHERE id = ?", [id]) { row in
            (item: row.number(0), body: row.isNull(1) ? nil : row.bytes(1))
        }
        guard let found else { return nil }
        return try found.body ?? bodies.body(in: nil, or: found.item, db)
    }

    /// Whether an item has this id, or one that a group will enqueue when it is full.
    public func isTaken(_ id: String) throws -> Bool {
        try first(
            "SELECT 1 FROM items WHERE id = ?1 UNION ALL SELECT 1 FROM groups WHERE when_full_id = ?1 LIMIT 1", [id]
        ) { _ in true } ?? false
    }

    /// What the item with this id is for; nil if there is none.
    public func purpose(ofID id: String) throws -> Purpose? {
        try first("SELECT purpose FROM items WHERE id = ?", [id]) { $0.number(0) }
            .flatMap { Purpose(rawValue: UInt32(truncatingIfNeeded: $0)) }
    }

    /// The dead letter with this id.
    public func deadLetter(id: String) throws -> LedgerItem? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM items WHERE id = ? AND state = 3")
        return try Row.fetchOne(statement, arguments: [id]).map { try item($0) }
    }
}

// MARK: Sessions and leases

extension LedgerTransaction {
    /// How a lease ended.
    public enum LeaseEnd: Int, Sendable {
        case live = 0, completed, failed, released, lost
    }

    /// The session of a worker's start; nil if it was never heard of.
    public func session(ofInstance instance: String) throws -> Int64? {
        let statement = try db.cachedStatement(sql: "SELECT id FROM sessions WHERE instance = ?")
        return try Int64.fetchOne(statement, arguments: [instance])
    }

    /// Notes the start of a worker; returns its id.
    public func session(for hello: Hello, at now: Int64) throws -> Int64 {
        try run(
            """
            INSERT INTO sessions (instance, name, role, host, process_id, numerics, verifier, started_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                hello.instance, hello.name, Int(hello.role.rawValue), hello.host, hello.processID, hello.numerics,
                hello.verifier, now,
            ])
        return db.lastInsertedRowID
    }

    /// Leases a ready item to a session; returns the lease's id.
    public func lease(_ item: Int64, to session: Int64, at now: Int64) throws -> UInt64 {
        try setState(.leased, of: item)
        try run("INSERT INTO leases (item, session, granted_at) VALUES (?, ?, ?)", [item, session, now])
        return UInt64(db.lastInsertedRowID)
    }

    /// Ends a live lease.
    public func end(lease: UInt64, as end: LeaseEnd, reason: String, at now: Int64) throws {
        try run(
            "UPDATE leases SET end = ?, reason = ?, ended_at = ? WHERE id = ?",
            [end.rawValue, reason, now, Int64(bitPattern: lease)])
    }

    /// How a lease ended; nil if there never was one of this id.
    public func end(of lease: UInt64) throws -> LeaseEnd? {
        try first("SELECT end FROM leases WHERE id = ?", [Int64(bitPattern: lease)]) { Int($0.number(0)) }
            .flatMap(LeaseEnd.init(rawValue:))
    }
}
