public import Blobs
import Foundation
import GRDB

/// The run's ledger: an SQLite file in WAL mode that one hub writes.
///
/// All that the hub knows and must not forget is in here; what it keeps in memory it can rebuild from here.
public final class Ledger {
    private let database: DatabaseQueue
    private let bodies: Bodies
    private let statements = LedgerStatements()

    /// Opens the ledger at `path`, and makes it if there is none.
    ///
    /// - Parameter blobs: the run's blobs, the segments among them.
    /// - Throws: `LedgerError` if the file cannot be opened, or was written by another version.
    public init(path: String, durability: Durability, blobs: BlobStore) throws(LedgerError) {
        bodies = Bodies(folder: blobs.directory)
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = \(durability == .durable ? "FULL" : "NORMAL")")
            try db.execute(sql: "PRAGMA cache_size = -65536")
            // Takes effect in a new file only, and before its first page: what segments take over can be given back.
            try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            // 32 MB: the pages of indexes that change in every transaction are then moved to the file a tenth as often.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 8192")
        }
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
            try database.write { try Schema.prepare($0) }
        } catch let error as LedgerError {
            throw error
        } catch {
            throw LedgerError(
                .unavailable,
                "The ledger \(path) must be a file that this user may write: \(error). Check the run's folder.")
        }
    }

    /// Runs one transaction: all of it is committed when this returns, or nothing.
    ///
    /// - Throws: `LedgerError` of code `storage` if SQLite fails, or what `body` throws.
    public func transaction<Value>(_ body: (LedgerTransaction) throws -> Value) throws -> Value {
        do {
            return try database.writeWithoutTransaction { db in
                try statements.run("BEGIN IMMEDIATE", [], in: db)
                do {
                    let value = try body(LedgerTransaction(db: db, bodies: bodies, statements: statements))
                    try statements.run("COMMIT", [], in: db)
                    return value
                } catch {
                    // Where it fails, too, because SQLite has rolled back already, the first failure is what to tell.
                    try? statements.run("ROLLBACK", [], in: db)
                    throw error
                }
            }
        } catch let error as DatabaseError {
            throw LedgerError(.storage, "Writing the ledger failed: \(error). Check the disk.")
        }
    }
}
