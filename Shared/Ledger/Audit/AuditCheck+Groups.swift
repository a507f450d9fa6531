extension AuditCheck {
    /// Joins count ends, and a full group was handed on once.
    static let groups = AuditCheck(
        "groups",
        [
            (
                "What remains of a group is its slots that have not ended.",
                """
                SELECT 'group ' || groups.id, size, remaining, COUNT(slots.slot) AS ended
                FROM groups LEFT JOIN slots ON slots.group_id = groups.id
                GROUP BY groups.id HAVING remaining <> size - COUNT(slots.slot)
                """
            ),
            (
                "A slot that has ended is one of its group's.",
                """
                SELECT 'group ' || slots.group_id, slots.slot, groups.size FROM slots
                LEFT JOIN groups ON groups.id = slots.group_id
                WHERE groups.id IS NULL OR slots.slot NOT BETWEEN 0 AND groups.size - 1
                """
            ),
            (
                "A slot ends as a result, as dropped or as an error, by an item.",
                """
                SELECT 'group ' || slots.group_id, slots.slot, slots.end, slots.item FROM slots
                LEFT JOIN items ON items.seq = slots.item
                WHERE items.seq IS NULL OR slots.end NOT BETWEEN 1 AND 3
                """
            ),
            (
                "The item of a group is enqueued when the group is full, and not before.",
                """
                SELECT when_full_id, 'group ' || groups.id AS "of", remaining FROM groups
                LEFT JOIN items ON items.id = when_full_id AND items.joined_group = groups.id
                WHERE when_full_id IS NOT NULL AND (remaining = 0) <> (items.seq IS NOT NULL)
                """
            ),
            (
                "An item that carries a group's members is the one that the group names.",
                """
                SELECT items.id, joined_group FROM items LEFT JOIN groups ON groups.id = joined_group
                WHERE joined_group IS NOT NULL AND when_full_id IS NOT items.id
                """
            ),
            (
                "A full group without an item ends the slot that it owns, and no other group does.",
                """
                SELECT 'group ' || groups.id, owner_group, owner_first, remaining FROM groups
                LEFT JOIN slots ON slots.group_id = owner_group AND slots.slot = owner_first
                WHERE when_full_id IS NULL AND owner_group IS NOT NULL AND (remaining = 0) <> (slots.slot IS NOT NULL)
                """
            ),
            (
                "The run is finished when its own group is full, and not before.",
                """
                SELECT 'group ' || id, remaining, (SELECT value FROM meta WHERE key = 'state') AS state FROM groups
                WHERE kind = 1 AND (remaining = 0) <> ((SELECT value FROM meta WHERE key = 'state') IS 'finished')
                """
            ),
        ])
}
