import GRDB

/// The tables of the ledger.
enum Schema {
    /// Grows with each change that an older program could not read.
    static let version = 3

    static let statements = [
        // What the run is: id, seed, resolved recipe, state.
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",

        // Every start of every worker.
        """
        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY, instance TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role INTEGER NOT NULL,
            host TEXT NOT NULL, process_id INTEGER NOT NULL, numerics TEXT NOT NULL, verifier TEXT NOT NULL,
            started_at INTEGER NOT NULL)
        """,

        // Everything that ever waited in a queue, and the problems that such items refer to.
        // State: 0 ready, 1 leased, 2 done, 3 dead letter, 4 record (never leased). Verifier: of a rollout, the place in the
        // panel of the one that is to grade it.
        """
        CREATE TABLE items (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, queue INTEGER NOT NULL,
            state INTEGER NOT NULL, purpose INTEGER NOT NULL, stage INTEGER NOT NULL, round INTEGER NOT NULL,
            priority INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, weight INTEGER NOT NULL,
            group_id INTEGER, slot_first INTEGER NOT NULL, slot_count INTEGER NOT NULL,
            joined_group INTEGER, problem TEXT NOT NULL, refers_to TEXT NOT NULL, verifier INTEGER NOT NULL,
            parent INTEGER, enqueued_at INTEGER NOT NULL, checkpoint INTEGER, position INTEGER)
        """,
        "CREATE INDEX items_live ON items (queue, seq) WHERE state < 2",
        "CREATE INDEX items_experience ON items (stage, round, checkpoint, position) WHERE queue = 6",
        "CREATE INDEX items_problem ON items (problem) WHERE problem <> ''",
        "CREATE INDEX items_decisions ON items (stage, state) WHERE queue = 1",

        // The bodies of items that no segment holds. A table of their own: rows that go give their pages back, which rows
        // that become shorter do not.
        "CREATE TABLE bodies (item INTEGER PRIMARY KEY, body BLOB NOT NULL)",

        // The blobs that hold the bodies of ended items from `first_item` to `last_item`, but for those that were dropped.
        // `size` is that of the segment before compression.
        """
        CREATE TABLE segments (
            number INTEGER PRIMARY KEY, first_item INTEGER NOT NULL, last_item INTEGER NOT NULL, blob BLOB NOT NULL,
            size INTEGER NOT NULL, dropped INTEGER NOT NULL)
        """,

        // Who held what, when, and how it ended: 0 live, 1 completed, 2 failed, 3 released, 4 lost.
        """
        CREATE TABLE leases (
            id INTEGER PRIMARY KEY AUTOINCREMENT, item INTEGER NOT NULL, session INTEGER NOT NULL,
            granted_at INTEGER NOT NULL, ended_at INTEGER, end INTEGER NOT NULL DEFAULT 0,
            reason TEXT NOT NULL DEFAULT '')
        """,
        "CREATE INDEX leases_item ON leases (item)",
        "CREATE INDEX leases_live ON leases (id) WHERE end = 0",

        // Joins. `remaining` counts the slots that have not ended. `when_full_id` keeps the id free for the item to come.
        """
        CREATE TABLE groups (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, size INTEGER NOT NULL,
            remaining INTEGER NOT NULL, owner_group INTEGER, owner_first INTEGER NOT NULL,
            owner_count INTEGER NOT NULL, opened_by INTEGER NOT NULL, problem TEXT NOT NULL,
            policy_version INTEGER, when_full_id TEXT, when_full BLOB)
        """,
        "CREATE UNIQUE INDEX groups_when_full ON groups (when_full_id) WHERE when_full_id IS NOT NULL",
        "CREATE INDEX groups_problem ON groups (problem) WHERE problem <> ''",

        // The slots that have ended; the primary key makes a second end impossible.
        """
        CREATE TABLE slots (
            group_id INTEGER NOT NULL, slot INTEGER NOT NULL, end INTEGER NOT NULL, item INTEGER NOT NULL,
            result BLOB NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (group_id, slot)) WITHOUT ROWID
        """,

        """
        CREATE TABLE checkpoints (
            number INTEGER PRIMARY KEY, blob BLOB NOT NULL, chain BLOB NOT NULL, updates INTEGER NOT NULL,
            consumed INTEGER NOT NULL, committed_at INTEGER NOT NULL)
        """,
        """
        CREATE TABLE policies (
            version INTEGER PRIMARY KEY, blob BLOB NOT NULL, checkpoint INTEGER, published_at INTEGER NOT NULL)
        """,
        "CREATE TABLE blobs (sha256 BLOB PRIMARY KEY, size INTEGER NOT NULL) WITHOUT ROWID",
    ]

    /// Makes the tables of a new ledger; checks the version of an old one.
    static func prepare(_ db: Database) throws {
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        if found == version { return }
        guard found == 0 else {
            throw LedgerError(
                .version,
                "This program reads ledgers of version \(version); this one has version \(found). Use the release that wrote it."
            )
        }
        for statement in statements { try db.execute(sql: statement) }
        try db.execute(sql: "PRAGMA user_version = \(version)")
    }
}
