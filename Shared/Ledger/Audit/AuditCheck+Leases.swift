extension AuditCheck {
    /// Each item is in one pair of hands at most, and was completed once.
    static let leases = AuditCheck(
        "leases",
        [
            (
                "A leased item has one live lease, and no other item has any.",
                """
                SELECT items.id, state, SUM(leases.end IS 0) AS live FROM items
                LEFT JOIN leases ON leases.item = items.seq
                GROUP BY items.seq HAVING COALESCE(live, 0) <> (state = 1)
                """
            ),
            (
                "An item that is done has one completed lease, and no other item has any.",
                """
                SELECT items.id, state, SUM(leases.end IS 1) AS completed FROM items
                LEFT JOIN leases ON leases.item = items.seq
                GROUP BY items.seq HAVING COALESCE(completed, 0) <> (state = 2)
                """
            ),
            (
                "A rollout that another verifier is to grade follows from the graded one, and has its slot.",
                """
                SELECT items.id, items.verifier, before.id AS before FROM items
                LEFT JOIN items AS before ON before.seq = items.parent
                WHERE items.verifier <> 0 AND (items.queue <> 4 OR before.queue IS NOT 4 OR before.state IS NOT 2
                    OR before.verifier IS NOT items.verifier - 1 OR before.group_id IS NOT items.group_id
                    OR before.slot_first IS NOT items.slot_first)
                """
            ),
            (
                "A lease is of an item, and held by a session.",
                """
                SELECT 'lease ' || leases.id, leases.item, leases.session FROM leases
                LEFT JOIN items ON items.seq = leases.item LEFT JOIN sessions ON sessions.id = leases.session
                WHERE items.seq IS NULL OR sessions.id IS NULL
                """
            ),
            (
                "A lease is live, completed, failed, released or lost.",
                "SELECT 'lease ' || id, \"end\" FROM leases WHERE \"end\" NOT BETWEEN 0 AND 4"
            ),
            (
                "An item is ready, leased, done, a dead letter or a record; problems, and only they, are records.",
                "SELECT id, state, queue FROM items WHERE state NOT BETWEEN 0 AND 4 OR (state = 4) <> (queue = 7)"
            ),
        ])
}
