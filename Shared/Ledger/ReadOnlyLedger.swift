import Foundation
import GRDB

/// A ledger opened for reading only, while a hub writes it or after all have gone.
struct ReadOnlyLedger {
    /// For those who read bodies, in `read`.
    let bodies: Bodies
    private let database: DatabaseQueue
    private let path: String

    /// Opens the ledger at `path`.
    ///
    /// - Parameters:
    ///   - blobs: the folder of the run's blobs; nil where no body is read.
    ///   - openSegments: how many stay in memory; one is enough for those who read in the order of items.
    init(path: String, blobs: URL? = nil, openSegments: Int = 1) throws(LedgerError) {
        self.path = path
        bodies = Bodies(folder: blobs, openSegments: openSegments)
        guard FileManager.default.fileExists(atPath: path) else {
            throw LedgerError(.unavailable, "There must be a ledger at \(path); there is none. Name a run's folder.")
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw LedgerError(.damaged, "The ledger \(path) must be an SQLite file that can be read: \(error).")
        }
    }

    /// Reads one state of the ledger, whatever is written meanwhile.
    func read<Value>(_ body: (Database) throws -> Value) throws(LedgerError) -> Value {
        var read: Value?
        do {
            try database.read { db in
                let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                guard version == Schema.version else {
                    throw LedgerError(
                        .version,
                        "This program reads ledgers of version \(Schema.version); this one has version \(version). Use the release that wrote it."
                    )
                }
                read = try body(db)
            }
        } catch let error as LedgerError {
            throw error
        } catch {
            // SQLite refuses even to end the transaction of a file that is damaged enough; what was read was read.
            if let read { return read }
            throw LedgerError(.damaged, "The ledger \(path) must be a ledger that can be read: \(error).")
        }
        guard let read else { preconditionFailure("A read that does not throw has run its body") }
        return read
    }
}
