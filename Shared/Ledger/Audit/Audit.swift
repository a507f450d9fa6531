public import Foundation
import GRDB

/// Proves from a ledger alone that the run kept its promises, or names what contradicts them.
public enum Audit {
    /// All checks, in the order of the report.
    static let checks: [AuditCheck] = [
        .integrity, .groups, .ownership, .leases, .problems, .lineage, .experience, .checkpoints, .policies, .segments,
        .blobs,
    ]

    /// Audits the ledger at `path`, of a run that goes on or has ended. Nothing is written.
    ///
    /// - Parameter blobs: the folder of the run's blobs, which are verified too.
    /// - Throws: `LedgerError` if there is no ledger at `path` that can be read.
    public static func report(ledger path: String, blobs: URL) throws(LedgerError) -> AuditReport {
        let ledger = try ReadOnlyLedger(path: path, blobs: blobs)
        return try ledger.read { db in
            let source = AuditSource(db: db, blobs: blobs, bodies: ledger.bodies)
            var report = AuditReport()
            report.run = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'run'") ?? ""
            report.state = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'state'") ?? ""
            for check in checks {
                report.checks.append(check.name)
                do {
                    report.findings += try check.find(source)
                } catch let error as DatabaseError {
                    report.findings.append(AuditFinding(check.name, "The ledger cannot be read: \(error).", []))
                }
            }
            // Where the tables cannot be read, the findings say so already.
            report.counts = (try? AuditCounts.counts(db)) ?? []
            report.open = (try? AuditCounts.open(db)) ?? []
            return report
        }
    }
}
