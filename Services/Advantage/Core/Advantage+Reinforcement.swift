import Credit
import Mathematics
import Wire

/// Rollouts with an advantage for each token.
///
/// Advantages of whole rollouts follow from the group's rewards. Those of steps need values, which a survey estimates. A rollout that
/// was cut off has no answer, whatever stands at its end.
extension Advantage {
    /// Where a plan's advantages come from.
    enum AdvantageRule {
        case rollouts(GroupAdvantage)
        case steps(EffectiveReward)
        /// Pairs of steps in place of advantages, labelled by them.
        case sampledPairs

        var isOfPairs: Bool { if case .sampledPairs = self { true } else { false } }

        /// Whether it needs values of steps.
        var isOfSteps: Bool {
            switch self {
            case .rollouts: false
            case .steps, .sampledPairs: true
            }
        }
    }

    /// The rule of the group's plan; nil where it makes pairs of first pits or of outcomes.
    ///
    /// - Throws: `AdvantageError` if the plan names none that there is.
    func advantageRule() throws -> AdvantageRule? {
        guard let plan = group.credit.advantage else { return nil }
        if let rule = GroupAdvantage(rawValue: plan.rule) { return .rollouts(rule) }
        switch plan.rule {
        case "advantage": return .steps(.advantage)
        case "process": return .steps(.process(alpha: Double(plan.alpha)))
        case "sampled-pairs": return .sampledPairs
        default:
            throw AdvantageError(
                message:
                    "Advantages are \(GroupAdvantage.allCases.map(\.rawValue)), or of steps advantage, process or sampled-pairs; got "
                    + "\"\(plan.rule)\".")
        }
    }

    // MARK: Experience

    /// The rollouts that are trained on; none where nothing can be learned of the group.
    func advantages(by rule: AdvantageRule) throws -> [Experience] {
        switch rule {
        case .rollouts(let rule): rolloutAdvantages(by: rule)
        case .steps(let reward): try group.searches.compactMap { try stepAdvantages(of: $0, by: reward) }
        case .sampledPairs: try sampledPairs()
        }
    }

    private func rolloutAdvantages(by rule: GroupAdvantage) -> [Experience] {
        let graded = members.compactMap { member in member.verdict.reward.map { (member, $0) } }
        // Whether the group says something is a question of its verdicts: fines alone are no lesson.
        guard rule == .reward || !GroupAdvantage.saysNothing(rewards: graded.map(\.1)) else { return [] }
        let rewards = graded.map { $0.1 - fine($0.0.rollout) }
        return zip(graded, rule.advantages(rewards: rewards)).compactMap { graded, advantage in
            let rollout = graded.0.rollout
            guard isTrainedOn(graded.0), !rollout.tokens.isEmpty else { return nil }
            return experience(rollout, Array(repeating: advantage, count: rollout.tokens.count))
        }
    }

    private func stepAdvantages(of state: PitSearch, by reward: EffectiveReward) throws -> Experience? {
        let surveyed = try rollout(state.rollout)
        // The best of as many as were graded everywhere: with more, only prefixes that fail would have no value.
        let fewest = state.trials.min().map(Int.init) ?? group.credit.continuations
        let rewards = try reward.rewards(
            policy: values(of: state, under: .pi), prover: values(of: state, under: .bestOf(max(1, fewest))))
        let known = rewards.compactMap { $0 }
        // A step without a value would have to be trained on as if it had one.
        guard known.count == rewards.count else { return nil }
        let lengths = zip(surveyed.stepEnds, [0] + surveyed.stepEnds).map { Int($0 - $1) }
        return experience(surveyed, zip(known, lengths).flatMap { Array(repeating: $0, count: $1) })
    }

    private func experience(_ rollout: Rollout, _ advantages: [Double]) -> Experience {
        Experience(
            kind: .advantages, contextTokens: rollout.promptTokens, chosenTokens: rollout.tokens, weight: 1,
            policyVersion: rollout.policyVersion, policySHA256: rollout.policySHA256,
            chosenLogProbabilities: rollout.logProbabilities, advantages: advantages.map { Float($0) })
    }

    func isTrainedOn(_ member: GradedRollout) -> Bool {
        group.credit.advantage?.dropsTruncated != true || member.rollout.finish != .length
    }

    private func fine(_ rollout: Rollout) -> Double {
        guard let overlong = group.credit.advantage?.overlongTokens, overlong > 0 else { return 0 }
        let longest = group.credit.sampling.maximumTokens
        return overlongPenalty(tokenCount: rollout.tokens.count, free: max(0, longest - overlong), longest: longest)
    }
}
