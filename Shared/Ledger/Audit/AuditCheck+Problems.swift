extension AuditCheck {
    /// Each problem is one slot of its order.
    static let problems = AuditCheck(
        "problems",
        [
            (
                "An order that is done has as many problems as slots for them.",
                """
                WITH made AS (SELECT parent, COUNT(*) AS count FROM items WHERE queue = 7 GROUP BY parent),
                    opened AS (SELECT opened_by, SUM(size) AS count FROM groups WHERE kind = 3 GROUP BY opened_by)
                SELECT items.id, COALESCE(made.count, 0) AS problems, COALESCE(opened.count, 0) AS slots FROM items
                LEFT JOIN made ON made.parent = items.seq LEFT JOIN opened ON opened.opened_by = items.seq
                WHERE items.queue = 2 AND items.state = 2 AND COALESCE(made.count, 0) <> COALESCE(opened.count, 0)
                """
            ),
            (
                "A problem comes from an order.",
                """
                SELECT problems.id FROM items AS problems LEFT JOIN items AS orders ON orders.seq = problems.parent
                WHERE problems.queue = 7 AND orders.queue IS NOT 2
                """
            ),
            (
                "All groups of a problem hand on one slot.",
                """
                SELECT problem, COUNT(DISTINCT owner_group || ' ' || owner_first) AS slots FROM groups
                WHERE problem <> '' GROUP BY problem HAVING slots <> 1
                """
            ),
            (
                "A slot is that of one problem.",
                """
                SELECT MIN(problem), owner_group, owner_first, COUNT(DISTINCT problem) AS problems FROM groups
                WHERE problem <> '' GROUP BY owner_group, owner_first HAVING problems <> 1
                """
            ),
            (
                "The problem that an item belongs to exists.",
                """
                SELECT items.id, items.problem FROM items LEFT JOIN items AS problems ON problems.id = items.problem
                WHERE items.problem <> '' AND problems.queue IS NOT 7
                """
            ),
        ])
}
