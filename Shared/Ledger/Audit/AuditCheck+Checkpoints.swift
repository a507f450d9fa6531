import Basics
import Foundation
import GRDB

extension AuditCheck {
    /// Checkpoints are numbered without gaps, and each one's chained hash is that of the experience it consumed, and of
    /// all before: so experience that was left out, altered or moved is found.
    static let checkpoints = AuditCheck("checkpoints") { source in
        var findings: [AuditFinding] = []
        var chain = ExperienceChain()
        var expected: Int64 = 1
        for row in try Row.fetchAll(source.db, sql: "SELECT number, chain FROM checkpoints ORDER BY number") {
            let (number, stored): (Int64, Data) = (row[0], row[1])
            if number != expected {
                findings.append(
                    AuditFinding(
                        "checkpoints", "Checkpoints are numbered 1, 2, …; after \(expected - 1) comes \(number).",
                        ["checkpoint \(number)"]))
            }
            expected = number + 1
            do {
                for link in try links(of: number, in: source) { chain.append(link) }
                if chain.head.bytes != bytes(stored) {
                    findings.append(
                        AuditFinding(
                            "checkpoints",
                            "A checkpoint's chained hash is that of the experience consumed, \(chain.head); this one's is another.",
                            ["checkpoint \(number)"]))
                }
            } catch let error as LedgerError {
                findings.append(
                    AuditFinding(
                        "checkpoints", "The experience that a checkpoint consumed can be read. \(error)",
                        ["checkpoint \(number)"]))
            }
            // Goes on from the stored one, so that only the checkpoints at fault are named.
            if let head = ContentHash(bytes: bytes(stored)) { chain = ExperienceChain(head: head) }
        }
        return findings
    }

    /// The links of a checkpoint's experience in the order of training. They are read in the order of the ledger, because
    /// those of one segment lie side by side there.
    private static func links(of checkpoint: Int64, in source: AuditSource) throws -> [ContentHash] {
        var links: [(position: Int64, link: ContentHash)] = []
        let statement = try source.db.cachedStatement(
            sql: "SELECT id, seq, COALESCE(position, -1) FROM items WHERE queue = 6 AND checkpoint = ? ORDER BY seq")
        let rows = try Row.fetchCursor(statement, arguments: [checkpoint])
        while let row = try rows.next() {
            guard let body = try source.bodies.body(of: row[1], in: source.db) else {
                throw LedgerError.contradiction("Experience is never dropped; the body of \(row[0] as String) is gone.")
            }
            links.append((row[2], ExperienceChain.link(id: row[0], body: body)))
        }
        return links.sorted { $0.position < $1.position }.map(\.link)
    }
}
