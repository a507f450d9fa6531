extension AuditCheck {
    /// Experience is trained on exactly once.
    static let experience = AuditCheck(
        "experience",
        [
            (
                "Experience that is done was consumed by a checkpoint at a position, and nothing else was.",
                """
                SELECT items.id, items.state, items.checkpoint, items.position FROM items
                LEFT JOIN checkpoints ON checkpoints.number = items.checkpoint
                WHERE (queue = 6 AND state = 2) <> (checkpoints.number IS NOT NULL)
                    OR (items.checkpoint IS NULL) <> (items.position IS NULL)
                """
            ),
            (
                // A round is closed when a later decision point is done, or the run is.
                "Experience of a closed round is consumed, or a dead letter.",
                """
                SELECT items.id, items.state, items.stage, items.round FROM items WHERE queue = 6 AND state < 2 AND (
                    (SELECT value FROM meta WHERE key = 'state') IS 'finished' OR (items.stage, items.round) < (
                        SELECT stage, round FROM items WHERE queue = 1 AND state = 2 ORDER BY stage DESC, round DESC LIMIT 1))
                """
            ),
            (
                "The experience of a checkpoint has positions 0, 1, … in the order of training.",
                """
                SELECT 'checkpoint ' || number, consumed, COUNT(items.seq) AS experience, MIN(position) AS first,
                    MAX(position) AS last, COUNT(DISTINCT position) AS positions
                FROM checkpoints LEFT JOIN items ON items.checkpoint = number AND items.queue = 6
                GROUP BY number
                HAVING experience <> consumed OR positions <> consumed OR consumed > 0 AND (first <> 0 OR last <> consumed - 1)
                """
            ),
        ])
}
