extension AuditCheck {
    /// Policy versions are numbered without gaps; each came with a checkpoint, and its blob was stored.
    static let policies = AuditCheck(
        "policies",
        [
            (
                "Policy versions are numbered 0, 1, … without a gap.",
                """
                SELECT 'v' || version, place FROM (
                    SELECT version, ROW_NUMBER() OVER (ORDER BY version) - 1 AS place FROM policies)
                WHERE version <> place
                """
            ),
            (
                "Each policy version but those that the run began with was published with a checkpoint.",
                """
                SELECT 'v' || version, checkpoint FROM policies LEFT JOIN checkpoints ON number = checkpoint
                WHERE (version <= (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'first_policy'
                        UNION ALL SELECT 0 LIMIT 1)) <> (checkpoint IS NULL)
                    OR checkpoint IS NOT NULL AND number IS NULL
                """
            ),
            (
                "The blob of each policy version and segment, and of the newest checkpoint, was stored whole.",
                """
                SELECT 'v' || version, hex(blob) AS blob FROM policies LEFT JOIN blobs ON sha256 = blob WHERE sha256 IS NULL
                UNION ALL
                SELECT 'checkpoint ' || number, hex(blob) FROM checkpoints LEFT JOIN blobs ON sha256 = blob
                WHERE sha256 IS NULL AND number = (SELECT MAX(number) FROM checkpoints)
                UNION ALL
                SELECT 'segment ' || number, hex(blob) FROM segments LEFT JOIN blobs ON sha256 = blob WHERE sha256 IS NULL
                """
            ),
            (
                "Rollouts are sampled from a version that was published.",
                """
                SELECT 'group ' || id, policy_version FROM groups LEFT JOIN policies ON version = policy_version
                WHERE policy_version IS NOT NULL AND version IS NULL
                """
            ),
        ])
}
