import Basics
import Foundation
import GRDB

/// Reads the bodies of items wherever they lie: in the ledger, or in a segment. Nothing else knows of segments.
final class Bodies {
    private let folder: URL?
    private let openSegments: Int
    /// The last one that was asked of comes last.
    private var open: [(row: StoredSegment, segment: Segment)] = []

    /// Reads segments from a folder of blobs.
    ///
    /// - Parameters:
    ///   - folder: nil where no body is read.
    ///   - openSegments: how many stay in memory, 1 or more.
    init(folder: URL?, openSegments: Int = 1) {
        self.folder = folder
        self.openSegments = openSegments
    }

    /// An item's body; nil if it was dropped.
    ///
    /// - Throws: `LedgerError` of code `damaged` if its segment is gone or has other bytes, or it has none.
    func body(of item: Int64, in db: Database) throws -> [UInt8]? {
        let statement = try db.cachedStatement(sql: "SELECT body FROM bodies WHERE item = ?")
        return try body(in: try Data.fetchOne(statement, arguments: [item]), or: item, db)
    }

    /// The body that a row of `bodies` holds or, where there is none, that of the item.
    func body(in row: Data?, or item: Int64, _ db: Database) throws -> [UInt8]? {
        if let row { return [UInt8](row) }
        if let place = open.lastIndex(where: { $0.row.items.contains(item) }) {
            let found = open.remove(at: place)
            open.append(found)
            return found.segment.body(of: item)
        }
        guard let row = try StoredSegment.holding(item, in: db) else {
            throw LedgerError.contradiction(
                "The body of each item is in the ledger or in a segment; that of \(item) is not.")
        }
        let segment = try read(row)
        open = open.suffix(openSegments - 1) + [(row, segment)]
        return segment.body(of: item)
    }

    /// Reads a segment's blob.
    ///
    /// - Throws: `LedgerError` of code `damaged` if it is gone or has other bytes.
    func read(_ row: StoredSegment) throws(LedgerError) -> Segment {
        guard let folder else { preconditionFailure("Whoever reads bodies names the folder of the blobs") }
        let file = folder.appendingPathComponent(row.blob.hexadecimal)
        guard let data = try? Data(contentsOf: file) else {
            throw LedgerError.contradiction("Segment \(row.number) must be in \(file.path); it cannot be read.")
        }
        let stored = [UInt8](data)
        guard ContentHash(of: stored) == row.blob else {
            throw LedgerError.contradiction(
                "Segment \(row.number) must be the blob \(row.blob.hexadecimal); its file in \(folder.path) has other bytes."
            )
        }
        guard let inflated = Deflate.decompress(stored, size: row.size), let segment = Segment(bytes: inflated) else {
            throw LedgerError.contradiction(
                "Segment \(row.number) must be the compressed bodies of items, of \(row.size) bytes; the blob \(row.blob) is not."
            )
        }
        return segment
    }
}
