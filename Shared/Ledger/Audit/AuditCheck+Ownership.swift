import GRDB

extension AuditCheck {
    /// Slots are linear: one that has not ended has exactly one owner, which is a live item or an open group, and one that
    /// has ended has none. So every problem ends exactly once.
    static let ownership = AuditCheck("ownership") { source in
        let db = source.db
        var owners: [Int64: [[String]]] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT id, size FROM groups") {
            owners[row[0]] = Array(repeating: [], count: max(0, row[1]))
        }
        var findings: [AuditFinding] = []
        let live = try Row.fetchAll(
            db,
            sql: """
                SELECT id, group_id, slot_first, slot_count FROM items WHERE state < 2 AND group_id IS NOT NULL
                UNION ALL
                SELECT 'group ' || id, owner_group, owner_first, owner_count FROM groups
                WHERE remaining > 0 AND owner_group IS NOT NULL
                """)
        for row in live {
            let (owner, group, first, count): (String, Int64, Int, Int) = (row[0], row[1], row[2], row[3])
            guard let size = owners[group]?.count, first >= 0, count >= 0, first <= size, count <= size - first else {
                findings.append(
                    AuditFinding(
                        "ownership",
                        "Slots that are owned are there; \(count) from \(first) of group \(group) are not.", [owner]))
                continue
            }
            for slot in first..<(first + count) { owners[group]?[slot].append(owner) }
        }
        var ended: [Int64: Set<Int>] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT group_id, slot FROM slots") {
            ended[row[0], default: []].insert(row[1])
        }
        for (group, slots) in owners.sorted(by: { $0.key < $1.key }) {
            for (slot, holders) in slots.enumerated() {
                let hasEnded = ended[group]?.contains(slot) == true
                guard holders.count != (hasEnded ? 0 : 1) else { continue }
                let rule = hasEnded ? "A slot that has ended has no owner" : "A slot that has not ended has one owner"
                findings.append(
                    AuditFinding(
                        "ownership", "\(rule); slot \(slot) of group \(group) has \(holders.count).",
                        ["group \(group)"] + holders))
            }
        }
        let live0 = try Row.fetchAll(
            db, sql: "SELECT id FROM items WHERE state < 2 AND group_id IS NULL AND queue <> 6 LIMIT \(mostFindings)")
        findings += live0.map { AuditFinding("ownership", "A live item that is no experience owns a slot.", [$0[0]]) }
        return Array(findings.prefix(mostFindings))
    }
}
