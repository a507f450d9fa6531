import GRDB

extension AuditCheck {
    /// SQLite's own check of its pages, indexes and constraints.
    static let integrity = AuditCheck("integrity") { source in
        try String.fetchAll(source.db, sql: "PRAGMA integrity_check(\(mostFindings))").filter { $0 != "ok" }.map {
            AuditFinding("integrity", "SQLite must find the file whole; it says: \($0)", [])
        }
    }
}
