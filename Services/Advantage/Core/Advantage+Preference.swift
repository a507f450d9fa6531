import Credit
import Wire

/// What a problem's first pits and correct rollouts become.
extension Advantage {
    /// Pairs, and correct rollouts besides.
    func preferences() throws -> [Experience] {
        let correct = try group.correctRollouts.map { try rollout($0) }
        // All rollouts of a problem have its prompt and its policy, and there is no pair without a correct one.
        let source = correct.first ?? Rollout()
        let rule = try outcomeRule()
        let pairs = try rule.map { try self.pairs(by: $0, correct: correct) } ?? pairs(against: correct)
        let preferred = pairs.map { experience($0, of: source, layout: rule?.rawValue ?? group.credit.layout) }
        let learned = try positives(among: correct).map { positive in
            Experience(
                kind: .weightedTokens, contextTokens: positive.promptTokens, chosenTokens: positive.tokens,
                weight: group.credit.positiveWeight, policyVersion: positive.policyVersion,
                policySHA256: positive.policySHA256, chosenLogProbabilities: positive.logProbabilities)
        }
        return preferred + learned
    }

    /// A pair of the problem that a rollout is of.
    func experience(_ pair: PreferencePair, of source: Rollout, layout: String) -> Experience {
        Experience(
            kind: .preferencePair,
            contextTokens: source.promptTokens + pair.context.map { UInt32(bitPattern: $0) },
            chosenTokens: pair.chosen.map { UInt32(bitPattern: $0) },
            rejectedTokens: pair.rejected.map { UInt32(bitPattern: $0) }, weight: 1,
            policyVersion: group.policyVersion, policySHA256: source.policySHA256, layout: layout)
    }

    /// The correct rollouts that are learned as they are.
    private func positives(among correct: [Rollout]) throws -> [Rollout] {
        let limit = group.credit.positives
        guard limit > 0 else { return [] }
        switch group.credit.distinct {
        case "": return Array(correct.prefix(limit))
        case "equations": return DistinctPaths.byEquations(correct.map(\.text)).prefix(limit).map { correct[$0] }
        case "edit-distance":
            return DistinctPaths.byEditDistance(correct.map(\.text), limit: limit).map { correct[$0] }
        default:
            throw AdvantageError(
                message:
                    "Solutions are distinct by equations, by edit-distance, or, where that is empty, by their text; got "
                    + "\"\(group.credit.distinct)\".")
        }
    }

    func pits() throws -> [(search: PitSearch, step: Int)] {
        try group.searches.compactMap { state in
            if group.credit.values == .exact { return state.exactPit > 0 ? (state, state.exactPit) : nil }
            guard case .pit(let step) = try search(state).outcome else { return nil }
            return (state, step)
        }
    }

    private func pairs(against correct: [Rollout]) throws -> [PreferencePair] {
        // A plan of solutions alone has no layout.
        if group.credit.layout.isEmpty, group.searches.isEmpty { return [] }
        guard let layout = PairLayout(rawValue: group.credit.layout) else {
            throw AdvantageError(
                message: "A layout is one of \(PairLayout.allCases.map(\.rawValue)); got \"\(group.credit.layout)\".")
        }
        return try pits().compactMap { state, step in
            let negative = try rollout(state.rollout).steps()
            let continues = layout != .paper1 && step > 1
            let candidates = continues ? try state.passedWith.map { try rollout($0) } : correct
            return layout.pair(rollout: negative, pit: step, correct: try candidates.map { try $0.steps() })
        }.withoutRepeatedPits()
    }
}
