import Credit
import Mathematics
import Wire

/// The theorem's own pairs: of the steps that the policy took after a prefix, two are drawn, and the better one is chosen the more often
/// the larger the difference of their values.
///
/// The prefixes are those of the surveyed rollouts, each as often as it was sampled, the empty one among them; its continuations are
/// these rollouts themselves.
extension Advantage {
    /// One draw for each time that a prefix was sampled.
    func sampledPairs() throws -> [Experience] {
        let surveyed = try group.searches.map { state in
            (steps: try rollout(state.rollout).steps(), isCorrect: state.isCorrect)
        }
        guard let first = group.searches.first else { return [] }
        let source = try rollout(first.rollout)
        var pairs = SampledPairs.pairs(
            after: [], continuations: surveyed.map { .init(step: Array($0.steps.step(1)), isCorrect: $0.isCorrect) },
            draws: surveyed.count, seed: group.credit.seed, name: lease.item.problem)
        let (distinct, places) = try prefixes(of: group.searches)
        for (place, prefix) in distinct.enumerated() {
            let count = group.credit.continuations
            let continuations = try members[(place * count)..<((place + 1) * count)].filter { $0.verdict.reward != nil }
                .map {
                    SampledPairs.Continuation(
                        step: Array(try $0.rollout.steps().step(1)), isCorrect: $0.verdict.isCorrect)
                }
            let tokens = try rollout(prefix.rollout).steps().prefix(steps: prefix.stepCount)
            pairs += SampledPairs.pairs(
                after: Array(tokens), continuations: continuations,
                draws: places.reduce(0) { $0 + $1.count { $0 == place } }, seed: group.credit.seed,
                name: "\(lease.item.problem)/\(place)")
        }
        return pairs.map { experience($0, of: source, layout: "sampled") }
    }
}
