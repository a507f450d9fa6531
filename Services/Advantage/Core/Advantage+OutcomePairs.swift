import Credit
import Wire

/// Pairs of whole rollouts by their outcomes, without a search: what per-step pairs are compared with.
extension Advantage {
    /// The rule of the group's plan; nil where first pits are searched for.
    ///
    /// - Throws: `AdvantageError` if the plan names none that there is.
    func outcomeRule() throws -> OutcomePairs? {
        guard !group.credit.pairs.isEmpty else { return nil }
        guard let rule = OutcomePairs(rawValue: group.credit.pairs) else {
            throw AdvantageError(
                message: "Pairs are by outcome, \(OutcomePairs.allCases.map(\.rawValue)), or empty for first pits; got "
                    + "\"\(group.credit.pairs)\".")
        }
        return rule
    }

    /// Distinct correct against distinct incorrect rollouts, at most as many pairs as the plan has negatives.
    func pairs(by rule: OutcomePairs, correct: [Rollout]) throws -> [PreferencePair] {
        let incorrect = GroupSelection.negatives(
            texts: members.map(\.rollout.text), verdicts: members.map(\.verdict), limit: members.count
        ).map { members[$0].rollout }
        return rule.pairs(
            correct: correct.map(\.text), incorrect: incorrect.map(\.text), limit: group.credit.negatives,
            seed: group.credit.seed, problem: lease.item.problem
        ).map { pair in
            PreferencePair(
                context: [], chosen: correct[pair.correct].tokens.map { Int32(bitPattern: $0) },
                rejected: incorrect[pair.incorrect].tokens.map { Int32(bitPattern: $0) })
        }
    }
}
