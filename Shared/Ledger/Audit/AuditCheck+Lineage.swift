import GRDB

extension AuditCheck {
    /// Nothing that is trained on descends from an evaluation, or refers to one, and what is referred to exists.
    static let lineage = AuditCheck("lineage") { source in
        try lineageRows.find(source) + references(source.db)
    }

    private static let lineageRows = AuditCheck(
        "lineage",
        [
            (
                "Experience is for supervised learning or for preference.",
                "SELECT id, purpose FROM items WHERE queue = 6 AND purpose NOT IN (2, 3)"
            ),
            (
                // By induction nothing but decision points is an ancestor of another purpose.
                "An item has the purpose of the item that it comes from, unless that was a decision point.",
                """
                SELECT items.id, items.purpose, parents.id AS parent, parents.purpose AS "parent's purpose" FROM items
                JOIN items AS parents ON parents.seq = items.parent
                WHERE parents.purpose <> 1 AND items.purpose <> parents.purpose
                """
            ),
            (
                "Decision points, and only they, are for control.",
                "SELECT id, purpose, queue FROM items WHERE (purpose = 1) <> (queue = 1) OR purpose NOT BETWEEN 1 AND 4"
            ),
            (
                "The item that an item comes from is older; only the first has none.",
                """
                SELECT items.id, items.parent FROM items LEFT JOIN items AS parents ON parents.seq = items.parent
                WHERE parents.seq IS NULL AND items.seq > (SELECT MIN(seq) FROM items) OR parents.seq >= items.seq
                """
            ),
            (
                "The group whose slots an item owns exists, and the item that opened a group too.",
                """
                SELECT items.id FROM items LEFT JOIN groups ON groups.id = items.group_id
                WHERE items.group_id IS NOT NULL AND groups.id IS NULL
                UNION ALL SELECT 'group ' || groups.id FROM groups LEFT JOIN items ON items.seq = groups.opened_by
                WHERE groups.opened_by <> 0 AND items.seq IS NULL
                """
            ),
        ])

    private static func references(_ db: Database) throws -> [AuditFinding] {
        var findings: [AuditFinding] = []
        let purpose = try db.makeStatement(sql: "SELECT purpose FROM items WHERE id = ?")
        let rows = try Row.fetchCursor(db, sql: "SELECT id, purpose, refers_to FROM items WHERE refers_to <> ''")
        while let row = try rows.next(), findings.count < mostFindings {
            let (id, own, list): (String, Int, String) = (row[0], row[1], row[2])
            for reference in list.split(separator: "\n").map(String.init) {
                guard let other = try Int.fetchOne(purpose, arguments: [reference]) else {
                    findings.append(
                        AuditFinding("lineage", "What an item refers to exists; \(reference) does not.", [id]))
                    continue
                }
                if other == 4, own != 4 {
                    findings.append(
                        AuditFinding(
                            "lineage", "Only evaluations refer to evaluations; this item refers to \(reference).", [id])
                    )
                }
            }
        }
        return findings
    }
}
