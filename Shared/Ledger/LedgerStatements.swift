import GRDB
import GRDBSQLite

/// The statements of a connection that run thousands of times a second, prepared once.
///
/// GRDB stays the owner of connection, statements and transactions. What it does beside SQLite for each execution (looking
/// the statement up by its text, boxing arguments and rows) took as long as SQLite itself; here a value goes straight into
/// the statement and comes straight out.
final class LedgerStatements {
    /// By the address of their text, which is constant.
    private var prepared: [UnsafePointer<UInt8>: Statement] = [:]

    /// Runs a statement that returns no rows.
    func run(_ sql: StaticString, _ values: [(any LedgerValue)?], in db: Database) throws {
        _ = try first(sql, values, in: db) { _ in () }
    }

    /// Runs a statement to its end and reads its first row; nil if there is none.
    func first<Value>(
        _ sql: StaticString, _ values: [(any LedgerValue)?], in db: Database, _ read: (LedgerRow) -> Value
    ) throws -> Value? {
        let statement = try statement(sql, db).sqliteStatement
        defer { sqlite3_reset(statement) }
        for (index, value) in values.enumerated() {
            let place = CInt(index + 1)
            let code = value?.bind(to: statement, at: place) ?? sqlite3_bind_null(statement, place)
            guard code == SQLITE_OK else { throw failure(code, sql, db) }
        }
        var found: Value?
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: if found == nil { found = read(LedgerRow(statement: statement)) }
            case SQLITE_DONE: return found
            case let code: throw failure(code, sql, db)
            }
        }
    }

    private func statement(_ sql: StaticString, _ db: Database) throws -> Statement {
        if let known = prepared[sql.utf8Start] { return known }
        let made = try db.makeStatement(sql: "\(sql)")
        prepared[sql.utf8Start] = made
        return made
    }

    private func failure(_ code: CInt, _ sql: StaticString, _ db: Database) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: sqlite3_errmsg(db.sqliteConnection).map { String(cString: $0) }, sql: "\(sql)")
    }
}

/// The row that a statement is at.
struct LedgerRow {
    fileprivate let statement: OpaquePointer

    /// A column's number; 0 for NULL.
    func number(_ column: Int) -> Int64 { sqlite3_column_int64(statement, CInt(column)) }

    /// Whether a column is NULL.
    func isNull(_ column: Int) -> Bool { sqlite3_column_type(statement, CInt(column)) == SQLITE_NULL }

    /// A copy of a column's bytes; empty for NULL.
    func bytes(_ column: Int) -> [UInt8] {
        // The address first: asking for it may change the type, and with it the number of bytes (sqlite3_column_blob(3)).
        let start = sqlite3_column_blob(statement, CInt(column))
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, CInt(column)))))
    }
}
