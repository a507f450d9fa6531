import Basics
import Foundation
import GRDB

extension AuditCheck {
    /// The blobs of all policy versions, and of the newest checkpoint, are in the folder with the bytes they should have.
    static let blobs = AuditCheck("blobs") { source in
        let folder = source.blobs
        let rows = try Row.fetchAll(
            source.db,
            sql: """
                SELECT 'v' || version, blob FROM policies
                UNION ALL SELECT 'checkpoint ' || number, blob FROM checkpoints
                WHERE number = (SELECT MAX(number) FROM checkpoints)
                """)
        return rows.compactMap { row in
            let (name, stored): (String, Data) = (row[0], row[1])
            guard let sha256 = ContentHash(bytes: bytes(stored)) else {
                return AuditFinding(
                    "blobs", "A SHA-256 has 32 bytes; the one of \(name) has \(stored.count).", [name])
            }
            let file = folder.appendingPathComponent(sha256.hexadecimal)
            guard let found = try? ContentHash(ofFile: file) else {
                return AuditFinding(
                    "blobs", "The blob \(sha256) of \(name) must be in \(folder.path); it is not.", [name])
            }
            guard found == sha256 else {
                return AuditFinding("blobs", "The blob \(sha256) of \(name) has other bytes, of \(found).", [name])
            }
            return nil
        }
    }
}
