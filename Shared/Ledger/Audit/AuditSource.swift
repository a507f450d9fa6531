import Foundation
import GRDB

/// What an audit reads.
struct AuditSource {
    /// The ledger.
    let db: Database
    /// The folder of the run's blobs.
    let blobs: URL
    /// The bodies of the items, wherever they lie.
    let bodies: Bodies
}
