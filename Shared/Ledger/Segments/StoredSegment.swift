import Basics
import Foundation
import GRDB

/// A segment as the ledger names it.
struct StoredSegment {
    /// 1, 2, …, in the order of the items.
    let number: Int64
    /// The items that it is about. Those of them that are live have their bodies in the ledger.
    let items: ClosedRange<Int64>
    /// The compressed bytes.
    let blob: ContentHash
    /// How many bytes it has before compression.
    let size: Int
    /// How many of the items had their bodies dropped.
    let dropped: Int

    /// The segments, in their order.
    static func all(in db: Database) throws -> [StoredSegment] {
        try Row.fetchAll(db, sql: "SELECT * FROM segments ORDER BY number").map { try StoredSegment($0) }
    }

    /// The segment that an item's body went to; nil if it went to none.
    static func holding(_ item: Int64, in db: Database) throws -> StoredSegment? {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM segments WHERE first_item <= ? ORDER BY number DESC LIMIT 1")
        let found = try Row.fetchOne(statement, arguments: [item]).map { try StoredSegment($0) }
        return found?.items.contains(item) == true ? found : nil
    }

    private init(_ row: Row) throws {
        let (first, last): (Int64, Int64) = (row["first_item"], row["last_item"])
        number = row["number"]
        size = row["size"]
        dropped = row["dropped"]
        blob = try hash(row["blob"])
        guard first <= last, size >= 0 else {
            throw LedgerError.contradiction(
                "Segment \(number) is about items in their order and has a size; got items \(first) to \(last), \(size) bytes."
            )
        }
        items = first...last
    }
}
