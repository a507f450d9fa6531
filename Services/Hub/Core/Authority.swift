import Wire

/// What a role may lease and what it may send. Everything else is refused.
struct Authority {
    /// The queues that it leases from.
    let leases: Set<Queue>
    /// The queues that its completions may enqueue into.
    let enqueues: Set<Queue>
    /// The kinds of group that its completions may open.
    let opens: Set<GroupKind>
    /// Whether its completions may end a slot with a result: a verdict or an outcome.
    let judges: Bool
    /// Whether its completions may be checkpoints.
    let checkpoints: Bool
    /// Whether it may upload blobs.
    let uploads: Bool

    /// The authority of a role.
    static func of(_ role: Role) -> Authority {
        switch role {
        case .generator:
            Authority(
                leases: [.orders], enqueues: [.problems, .requests, .experience], opens: [.order, .rollout],
                judges: true,
                checkpoints: false, uploads: false)
        case .sampler:
            Authority(
                leases: [.requests], enqueues: [.rollouts], opens: [], judges: false, checkpoints: false, uploads: false
            )
        case .verifier:
            Authority(
                leases: [.rollouts], enqueues: [], opens: [], judges: true, checkpoints: false, uploads: false)
        case .advantage:
            Authority(
                leases: [.groups], enqueues: [.requests, .experience], opens: [.rollout], judges: true,
                checkpoints: false, uploads: false)
        case .learner:
            Authority(
                leases: [.stages, .experience], enqueues: [.stages, .orders], opens: [.round], judges: true,
                checkpoints: true, uploads: true)
        case .operator, .unspecified:
            Authority(leases: [], enqueues: [], opens: [], judges: false, checkpoints: false, uploads: false)
        }
    }

    /// The queue that a group of this kind is enqueued into when it is full; nil if its members end a slot instead.
    static func queue(whenFull kind: GroupKind) -> Queue? {
        switch kind {
        case .round: .stages
        case .rollout: .groups
        case .order, .run, .unspecified: nil
        }
    }
}
