import Basics
public import Blobs
import Foundation
import GRDB
import Wire

extension LedgerTransaction {
    /// The most items whose bodies one segment takes: deleting a row takes time, however short it is.
    private static let mostItems = 8_192
    /// The most pages of the file that are given back with one segment: more than it frees.
    private static let mostPages = 2_048

    /// Moves bodies of ended items of closed stages out of the ledger, into one segment: the blob first, and with the
    /// commit of this transaction the ledger names it. After a crash in between the next call makes the same blob again.
    ///
    /// A stage is closed when a decision point of a later stage is done, or the run is finished. Every group of it is full
    /// by then, so that none of its dead letters can be requeued.
    ///
    /// - Parameters:
    ///   - limit: how many bytes of bodies end the segment.
    ///   - keepsAll: false to drop the bodies that neither the audit nor the table of evaluations needs: of requests,
    ///     rollouts and groups that are for training.
    /// - Returns: whether more are left.
    public func writeSegment(to blobs: BlobStore, limit: Int, keepsAll: Bool) throws -> Bool {
        let first = try 1 + (Int64.fetchOne(db, sql: "SELECT MAX(last_item) FROM segments") ?? 0)
        let end = try firstOpenItem()
        guard first < end else { return false }
        var segment = Segment()
        var (last, dropped, count, byteCount) = (end - 1, 0, 0, 0)
        let statement = try db.cachedStatement(
            sql: """
                SELECT seq, queue, purpose, body FROM items JOIN bodies ON item = seq
                WHERE seq >= ? AND seq < ? AND state >= 2 ORDER BY seq
                """)
        let rows = try Row.fetchCursor(statement, arguments: [first, end])
        while let row = try rows.next() {
            let (item, body): (Int64, [UInt8]) = (row[0], bytes(row[3]))
            guard byteCount < limit, count < Self.mostItems else {
                last = item - 1
                break
            }
            count += 1
            byteCount += body.count
            if keepsAll || !Self.canBeDropped(queue: row[1], purpose: row[2]) {
                segment.append(item, body: body)
            } else {
                dropped += 1
            }
        }
        let compressed = Deflate.compress(segment.bytes)
        let sha256 = try blobs.add(compressed)
        try insertBlob(sha256, size: UInt64(compressed.count))
        try run(
            "INSERT INTO segments (first_item, last_item, blob, size, dropped) VALUES (?, ?, ?, ?, ?)",
            [first, last, sha256.bytes, segment.bytes.count, dropped])
        try run(
            """
            DELETE FROM bodies WHERE item BETWEEN ? AND ? AND (SELECT state FROM items WHERE seq = bodies.item) >= 2
            """, [first, last])
        // What a full group enqueued is the item's body again.
        try run(
            """
            UPDATE groups SET when_full = NULL WHERE id IN (
                SELECT joined_group FROM items WHERE seq BETWEEN ? AND ? AND state >= 2 AND joined_group IS NOT NULL)
            """, [first, last])
        try db.execute(sql: "PRAGMA incremental_vacuum(\(Self.mostPages))")
        return last + 1 < end
    }

    /// The first item that is not of a closed stage. Stages follow one another, and so do their items.
    private func firstOpenItem() throws -> Int64 {
        if try meta("state") == "finished" {
            return try 1 + (Int64.fetchOne(db, sql: "SELECT MAX(seq) FROM items") ?? 0)
        }
        let statement = try db.cachedStatement(
            sql: """
                SELECT MIN(seq) FROM items WHERE queue = 1 AND stage = (
                    SELECT MAX(stage) FROM items WHERE queue = 1 AND state = 2)
                """)
        return try Int64.fetchOne(statement) ?? 0
    }

    /// Whether neither the audit nor the table of evaluations needs the bodies of such items.
    static func canBeDropped(queue: UInt32, purpose: UInt32) -> Bool {
        [Queue.requests, .rollouts, .groups].contains { $0.rawValue == queue } && purpose != Purpose.evaluation.rawValue
    }
}
