import GRDB

/// How much there is in a ledger, and what is still open.
enum AuditCounts {
    static func counts(_ db: Database) throws -> [(name: String, count: Int)] {
        try query(
            db,
            [
                ("items", "SELECT COUNT(*) FROM items"),
                ("problems", "SELECT COUNT(*) FROM items WHERE queue = 7"),
                (
                    "outcomes",
                    "SELECT COUNT(*) FROM slots JOIN groups ON groups.id = group_id WHERE kind = 3"
                ),
                ("rollouts", "SELECT COUNT(*) FROM items WHERE queue = 4 AND verifier = 0"),
                ("experience", "SELECT COUNT(*) FROM items WHERE queue = 6"),
                ("experience consumed", "SELECT COUNT(*) FROM items WHERE queue = 6 AND state = 2"),
                ("checkpoints", "SELECT COUNT(*) FROM checkpoints"),
                ("policy versions", "SELECT COUNT(*) FROM policies"),
                ("leases", "SELECT COUNT(*) FROM leases"),
                ("leases lost or failed", "SELECT COUNT(*) FROM leases WHERE \"end\" IN (2, 4)"),
                ("dead letters", "SELECT COUNT(*) FROM items WHERE state = 3"),
                ("segments", "SELECT COUNT(*) FROM segments"),
                ("bodies dropped", "SELECT COALESCE(SUM(dropped), 0) FROM segments"),
            ])
    }

    static func open(_ db: Database) throws -> [String] {
        try query(
            db,
            [
                ("problems without an outcome", "SELECT SUM(remaining) FROM groups WHERE kind = 3"),
                ("orders without an outcome", "SELECT SUM(remaining) FROM groups WHERE kind = 2"),
                ("items that wait for a worker", "SELECT COUNT(*) FROM items WHERE state = 0"),
                ("items in a worker's hands", "SELECT COUNT(*) FROM items WHERE state = 1"),
                ("experience that no checkpoint has", "SELECT COUNT(*) FROM items WHERE queue = 6 AND state < 2"),
            ]
        ).filter { $0.count > 0 }.map { "\($0.count) \($0.name)" }
    }

    private static func query(_ db: Database, _ queries: [(String, String)]) throws -> [(name: String, count: Int)] {
        try queries.map { ($0.0, try Int.fetchOne(db, sql: $0.1) ?? 0) }
    }
}
