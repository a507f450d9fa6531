public import Basics
import Foundation
import GRDB

/// A checkpoint as the ledger names it.
public struct LedgerCheckpoint: Sendable, Equatable {
    /// 1, 2, ….
    public let number: UInt64
    /// The blob with weights, optimizer state and schedule position.
    public let blob: ContentHash
    /// The chained hash of all experience consumed up to it.
    public let chain: ContentHash
    /// Updates of the weights up to it.
    public let updates: UInt64
    /// Experience consumed since the checkpoint before.
    public let consumed: Int

    /// Describes a checkpoint.
    public init(number: UInt64, blob: ContentHash, chain: ContentHash, updates: UInt64, consumed: Int) {
        self.number = number
        self.blob = blob
        self.chain = chain
        self.updates = updates
        self.consumed = consumed
    }
}

extension LedgerTransaction {
    /// The newest checkpoint; nil before the first.
    public func newestCheckpoint() throws -> LedgerCheckpoint? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM checkpoints ORDER BY number DESC LIMIT 1")
        return try Row.fetchOne(statement).map { row in
            LedgerCheckpoint(
                number: UInt64(row["number"] as Int64), blob: try hash(row["blob"]), chain: try hash(row["chain"]),
                updates: UInt64(row["updates"] as Int64), consumed: row["consumed"])
        }
    }

    /// Makes a checkpoint the newest.
    public func insert(_ checkpoint: LedgerCheckpoint, at now: Int64) throws {
        try run(
            """
            INSERT INTO checkpoints (number, blob, chain, updates, consumed, committed_at) VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                Int64(checkpoint.number), checkpoint.blob.bytes, checkpoint.chain.bytes,
                Int64(checkpoint.updates), checkpoint.consumed, now,
            ])
    }

    /// Marks an experience as consumed by a checkpoint, at its position in the order of training.
    public func consume(_ experience: Int64, by checkpoint: UInt64, position: Int) throws {
        try run(
            "UPDATE items SET state = 2, checkpoint = ?, position = ? WHERE seq = ?",
            [Int64(checkpoint), position, experience])
    }

    /// How much experience of a round no checkpoint has consumed yet; dead letters are not waited for.
    public func unconsumedExperience(stage: Int, round: Int) throws -> Int {
        let statement = try db.cachedStatement(
            sql: "SELECT COUNT(*) FROM items WHERE queue = 6 AND stage = ? AND round = ? AND state < 2")
        return try Int.fetchOne(statement, arguments: [stage, round]) ?? 0
    }

    /// The blob of a policy version; nil if it was not published.
    public func policy(_ version: PolicyVersion) throws -> ContentHash? {
        let statement = try db.cachedStatement(sql: "SELECT blob FROM policies WHERE version = ?")
        return try Data.fetchOne(statement, arguments: [Int64(version.number)]).map { try hash($0) }
    }

    /// The newest policy version; nil before the first.
    public func newestPolicy() throws -> PolicyVersion? {
        let statement = try db.cachedStatement(sql: "SELECT MAX(version) FROM policies")
        return try Int64.fetchOne(statement).map { PolicyVersion(UInt64($0)) }
    }

    /// Publishes a policy version.
    public func publish(_ version: PolicyVersion, blob policy: ContentHash, checkpoint: UInt64?, at now: Int64) throws {
        try run(
            "INSERT INTO policies (version, blob, checkpoint, published_at) VALUES (?, ?, ?, ?)",
            [Int64(version.number), policy.bytes, checkpoint.map(Int64.init), now])
    }

    /// Notes a blob that is whole in the store.
    public func insertBlob(_ sha256: ContentHash, size: UInt64) throws {
        try run("INSERT OR IGNORE INTO blobs (sha256, size) VALUES (?, ?)", [sha256.bytes, Int64(size)])
    }

    /// Forgets a blob, unless a policy version or a segment is the same one.
    ///
    /// - Returns: whether it was forgotten.
    public func forgetBlob(_ sha256: ContentHash) throws -> Bool {
        try run(
            """
            DELETE FROM blobs WHERE sha256 = ?1 AND NOT EXISTS (SELECT 1 FROM policies WHERE blob = ?1)
                AND NOT EXISTS (SELECT 1 FROM segments WHERE blob = ?1)
            """, [sha256.bytes])
        return db.changesCount == 1
    }

    /// The size of a blob that is whole in the store; nil if there is none.
    public func blobSize(_ sha256: ContentHash) throws -> UInt64? {
        let statement = try db.cachedStatement(sql: "SELECT size FROM blobs WHERE sha256 = ?")
        return try Int64.fetchOne(statement, arguments: [blob(sha256.bytes)]).map(UInt64.init)
    }

    /// A value of the run's description; nil if it is not set.
    public func meta(_ key: String) throws -> String? {
        let statement = try db.cachedStatement(sql: "SELECT value FROM meta WHERE key = ?")
        return try String.fetchOne(statement, arguments: [key])
    }

    /// Sets a value of the run's description.
    public func setMeta(_ key: String, _ value: String) throws {
        try run(
            "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [key, value])
    }
}
