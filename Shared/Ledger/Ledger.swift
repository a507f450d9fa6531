public import Blobs
import Foundation
import GRDB

/// The run's ledger: an SQLite file in WAL mode that one hub writes.
///
/// All that the hub knows and must not forget is in here; what it keeps in memory it can rebuild from here.
public final class Ledger {
    private let database: DatabaseQueue
    private let bodies: Bodies

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
            return try database.write { try body(LedgerTransaction(db: $0, bodies: bodies)) }
        } catch let error as DatabaseError {
            throw LedgerError(.storage, "Writing the ledger failed: \(error). Check the disk.")
        }
    }
}
