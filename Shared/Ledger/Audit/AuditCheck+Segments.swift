import GRDB

extension AuditCheck {
    /// The body of each item is in one place: in the ledger, in the segment that its range names, or dropped and counted.
    /// The segments' blobs are there, with the right SHA-256.
    static let segments = AuditCheck("segments") { source in
        var findings = try segmentRows.find(source)
        do {
            for segment in try StoredSegment.all(in: source.db) where findings.count < mostFindings {
                let faults = try faults(of: segment, in: source)
                findings += faults.map { AuditFinding("segments", $0.rule, ["segment \(segment.number)"] + $0.items) }
            }
        } catch let error as LedgerError {
            findings.append(AuditFinding("segments", "\(error)", []))
        }
        return findings
    }

    private static let segmentRows = AuditCheck(
        "segments",
        [
            (
                "Segments are numbered 1, 2, …, and each goes on with the item after the last of the one before.",
                """
                SELECT 'segment ' || number, place, first_item, expected FROM (
                    SELECT number, first_item, ROW_NUMBER() OVER (ORDER BY number) AS place,
                        1 + LAG(last_item, 1, 0) OVER (ORDER BY number) AS expected FROM segments)
                WHERE number <> place OR first_item <> expected
                """
            ),
            (
                "An item that lives, or that no segment is about, has its body in the ledger.",
                """
                SELECT id, state FROM items LEFT JOIN bodies ON bodies.item = seq WHERE bodies.item IS NULL
                    AND (state < 2 OR seq > (SELECT COALESCE(MAX(last_item), 0) FROM segments))
                """
            ),
            (
                "A body is that of an item.",
                "SELECT 'body ' || bodies.item FROM bodies LEFT JOIN items ON seq = bodies.item WHERE seq IS NULL"
            ),
        ])

    /// What is wrong with a segment, and the items that it is about.
    private static func faults(
        of row: StoredSegment, in source: AuditSource
    ) throws -> [(rule: String, items: [String])] {
        let segment: Segment
        do {
            segment = try source.bodies.read(row)
        } catch {
            return [("\(error)", [])]
        }
        var faults: [(rule: String, items: [String])] = []
        var held = Set(segment.items)
        var dropped = 0
        let rows = try Row.fetchCursor(
            source.db,
            sql: """
                SELECT seq, id, queue, purpose, bodies.item IS NOT NULL FROM items LEFT JOIN bodies ON bodies.item = seq
                WHERE seq BETWEEN ? AND ? ORDER BY seq
                """, arguments: [row.items.lowerBound, row.items.upperBound])
        while let item = try rows.next(), faults.count < mostFindings {
            let (isHeld, isInLedger): (Bool, Bool) = (held.remove(item[0]) != nil, item[4])
            if isHeld, isInLedger {
                faults.append(
                    ("The body of an item is in one place; this one's is in a segment and in the ledger.", [item[1]]))
            }
            guard !isHeld, !isInLedger else { continue }
            dropped += 1
            if !LedgerTransaction.canBeDropped(queue: item[2], purpose: item[3]) {
                faults.append(
                    (
                        "Only requests, rollouts and groups that are for training are dropped; this item's body is gone.",
                        [item[1]]
                    ))
            }
        }
        if dropped != row.dropped {
            faults.append(
                ("A segment counts the bodies that were dropped; it says \(row.dropped), and \(dropped) are gone.", []))
        }
        if !held.isEmpty {
            faults.append(
                ("A segment holds bodies of items of its range; \(held.count) of its bodies are of none.", []))
        }
        return faults
    }
}
