import Credit
import Mathematics
import Wire

/// Rollouts with an advantage for each token.
///
/// Advantages of whole rollouts follow from the group's rewards. Those of steps need values, which continuations of each prefix
/// of the surveyed rollouts estimate, all of them asked for in one turn.
extension Advantage {
    /// Where a plan's advantages come from.
    enum AdvantageRule {
        case rollouts(GroupAdvantage)
        case steps(EffectiveReward)

        var isOfSteps: Bool { if case .steps = self { true } else { false } }
    }

    /// The rule of the group's plan; nil where it makes pairs.
    ///
    /// - Throws: `AdvantageError` if the plan names none that there is.
    func advantageRule() throws -> AdvantageRule? {
        guard let plan = group.credit.advantage else { return nil }
        if let rule = GroupAdvantage(rawValue: plan.rule) { return .rollouts(rule) }
        switch plan.rule {
        case "advantage": return .steps(.advantage)
        case "process": return .steps(.process(alpha: Double(plan.alpha)))
        default:
            throw AdvantageError(
                message:
                    "Advantages are \(GroupAdvantage.allCases.map(\.rawValue)), or of steps advantage or process; got "
                    + "\"\(plan.rule)\".")
        }
    }

    // MARK: Values of steps

    /// The rollouts whose steps are valued: the first graded ones with distinct text, whatever their outcome.
    func surveyed() -> [PitSearch] {
        var seen: Set<String> = []
        let distinct = members.filter { member in
            member.verdict.reward != nil && !member.rollout.stepEnds.isEmpty && isTrainedOn(member)
                && seen.insert(member.rollout.text).inserted
        }
        return distinct.prefix(group.credit.advantage?.surveyed ?? 0).map { PitSearch(rollout: $0.id) }
    }

    /// Continuations of each prefix but the whole rollout, whose value its own outcome is.
    func surveyRequests(_ state: PitSearch) throws -> [Continuations] {
        guard group.turn == 0 else { return [] }
        return try (1..<max(1, rollout(state.rollout).stepEnds.count)).map {
            Continuations(prefixStepCount: $0, count: group.credit.continuations)
        }
    }

    /// Takes the grades of a survey's continuations, which are in the order of the prefixes; ones that could not be graded are left out.
    mutating func recordSurvey(_ graded: ArraySlice<GradedRollout>, at index: Int) {
        let count = group.credit.continuations
        let prefixes = stride(from: graded.startIndex, to: graded.endIndex, by: count).map {
            graded[$0..<min(graded.endIndex, $0 + count)]
        }
        group.searches[index].trials = prefixes.map { prefix in UInt32(prefix.count { $0.verdict.reward != nil }) }
        group.searches[index].successes = prefixes.map { prefix in UInt32(prefix.count { $0.verdict.isCorrect }) }
        group.searches[index].asked = 0
    }

    // MARK: Experience

    /// The rollouts that are trained on; none where nothing can be learned of the group.
    func advantages(by rule: AdvantageRule) throws -> [Experience] {
        switch rule {
        case .rollouts(let rule): rolloutAdvantages(by: rule)
        case .steps(let reward): try group.searches.compactMap { try stepAdvantages(of: $0, by: reward) }
        }
    }

    private func rolloutAdvantages(by rule: GroupAdvantage) -> [Experience] {
        let graded = members.compactMap { member in member.verdict.reward.map { (member, $0 - fine(member.rollout)) } }
        let rewards = graded.map(\.1)
        guard rule == .reward || !GroupAdvantage.saysNothing(rewards: rewards) else { return [] }
        return zip(graded, rule.advantages(rewards: rewards)).compactMap { graded, advantage in
            let rollout = graded.0.rollout
            guard isTrainedOn(graded.0), !rollout.tokens.isEmpty else { return nil }
            return experience(rollout, Array(repeating: advantage, count: rollout.tokens.count))
        }
    }

    private func stepAdvantages(of state: PitSearch, by reward: EffectiveReward) throws -> Experience? {
        let surveyed = try rollout(state.rollout)
        let statistics = try PrefixStatistics(
            trials: state.trials.map(Int.init), successes: state.successes.map(Int.init))
        func values(_ policy: RolloutPolicy) -> StepValues {
            StepValues(
                groupTrials: group.correct + group.incorrect + group.noAnswer, groupSuccesses: group.correct,
                prefixes: statistics, stepCount: surveyed.stepEnds.count,
                isCorrect: group.correctRollouts.contains(state.rollout), under: policy)
        }
        let rewards = reward.rewards(policy: values(.pi), prover: values(.bestOf(group.credit.continuations)))
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

    private func isTrainedOn(_ member: GradedRollout) -> Bool {
        group.credit.advantage?.dropsTruncated != true || member.rollout.finish != .length
    }

    private func fine(_ rollout: Rollout) -> Double {
        guard let overlong = group.credit.advantage?.overlongTokens, overlong > 0 else { return 0 }
        let longest = group.credit.sampling.maximumTokens
        return overlongPenalty(tokenCount: rollout.tokens.count, free: max(0, longest - overlong), longest: longest)
    }
}
