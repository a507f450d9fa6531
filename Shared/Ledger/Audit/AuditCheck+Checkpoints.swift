import Basics
import Foundation
import GRDB

extension AuditCheck {
    /// Checkpoints are numbered without gaps, and each one's chained hash is that of the experience it consumed, and of
    /// all before: so experience that was left out, altered or moved is found.
    static let checkpoints = AuditCheck("checkpoints") { db in
        var findings: [AuditFinding] = []
        var chain = ExperienceChain()
        var expected: Int64 = 1
        let experience = try db.makeStatement(
            sql: "SELECT id, body FROM items WHERE queue = 6 AND checkpoint = ? ORDER BY position")
        for row in try Row.fetchAll(db, sql: "SELECT number, chain FROM checkpoints ORDER BY number") {
            let (number, stored): (Int64, Data) = (row[0], row[1])
            if number != expected {
                findings.append(
                    AuditFinding(
                        "checkpoints", "Checkpoints are numbered 1, 2, …; after \(expected - 1) comes \(number).",
                        ["checkpoint \(number)"]))
            }
            expected = number + 1
            let items = try Row.fetchCursor(experience, arguments: [number])
            while let item = try items.next() { chain.append(id: item[0], body: bytes(item[1])) }
            if chain.head.bytes != bytes(stored) {
                findings.append(
                    AuditFinding(
                        "checkpoints",
                        "A checkpoint's chained hash is that of the experience consumed, \(chain.head); this one's is another.",
                        ["checkpoint \(number)"]))
            }
            // Goes on from the stored one, so that only the checkpoints at fault are named.
            if let head = ContentHash(bytes: bytes(stored)) { chain = ExperienceChain(head: head) }
        }
        return findings
    }
}
