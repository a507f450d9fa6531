import Credit
import Mathematics
import Wire

/// Values of steps: of each surveyed rollout the prefixes get continuations, all of them in one turn, and equal prefixes together.
///
/// Rollouts are surveyed as they were sampled, repeats among them: an advantage is an expectation over what the policy does.
extension Advantage {
    /// A prefix that continuations are asked for.
    struct SurveyedPrefix {
        let rollout: String
        let stepCount: Int
    }

    /// The rollouts whose steps are valued: the first graded ones whose prefixes the hub has room for.
    func surveyed() throws -> [PitSearch] {
        guard let plan = group.credit.advantage else { return [] }
        var chosen: [PitSearch] = []
        for member in members where chosen.count < plan.surveyed {
            guard member.verdict.reward != nil, !member.rollout.stepEnds.isEmpty, isTrainedOn(member) else { continue }
            let more = chosen + [PitSearch(rollout: member.id, isCorrect: member.verdict.isCorrect)]
            let prefixes = try prefixes(of: more).distinct.count
            if prefixes * group.credit.continuations <= plan.continuationLimit { chosen = more }
        }
        return chosen
    }

    /// The distinct prefixes of rollouts under survey, in the order in which continuations are asked for, and for each rollout the places of its own:
    /// of one step, of two, and so on. The whole rollout is none, for its value is its own outcome.
    func prefixes(of searches: [PitSearch]) throws -> (distinct: [SurveyedPrefix], places: [[Int]]) {
        var distinct: [SurveyedPrefix] = []
        var placeOfTokens: [ArraySlice<Int32>: Int] = [:]
        let places = try searches.map { state in
            let steps = try rollout(state.rollout).steps()
            return (1..<max(1, steps.stepCount)).map { count in
                let tokens = steps.prefix(steps: count)
                if let place = placeOfTokens[tokens] { return place }
                placeOfTokens[tokens] = distinct.count
                distinct.append(SurveyedPrefix(rollout: state.rollout, stepCount: count))
                return distinct.count - 1
            }
        }
        return (distinct, places)
    }

    /// The steps of the surveyed rollouts that are correct.
    func spuriousSteps() throws -> SpuriousSteps {
        var steps = SpuriousSteps()
        for state in group.searches where state.isCorrect {
            steps.add(try values(of: state, under: .pi).advantages)
        }
        return steps
    }

    /// The first pits of the surveyed rollouts that are incorrect.
    func heldOutPits() throws -> HeldOutPits {
        var pits = HeldOutPits()
        // Before the survey's turn the members are the problem's own rollouts.
        guard group.turn > 0 else { return pits }
        for (state, continuations) in zip(group.searches, try surveyedContinuations()) where !state.isCorrect {
            pits.add(
                continuations.map { prefix in
                    prefix.filter { $0.verdict.reward != nil }.map(\.verdict.isCorrect)
                })
        }
        return pits
    }

    /// The values of a surveyed rollout's steps.
    func values(of state: PitSearch, under policy: RolloutPolicy) throws -> StepValues {
        StepValues(
            groupTrials: group.correct + group.incorrect + group.noAnswer, groupSuccesses: group.correct,
            prefixes: try PrefixStatistics(
                trials: state.trials.map(Int.init), successes: state.successes.map(Int.init)),
            stepCount: try rollout(state.rollout).stepEnds.count, isCorrect: state.isCorrect, under: policy)
    }

    /// Takes the grades of a survey's continuations, which are in the order of the prefixes; ones that could not be graded are left out.
    mutating func recordSurvey() throws {
        for (index, prefixes) in try surveyedContinuations().enumerated() {
            group.searches[index].trials = prefixes.map { prefix in UInt32(prefix.count { $0.verdict.reward != nil }) }
            group.searches[index].successes = prefixes.map { prefix in UInt32(prefix.count { $0.verdict.isCorrect }) }
        }
    }

    /// Of each surveyed rollout, the continuations of each of its prefixes.
    private func surveyedContinuations() throws -> [[ArraySlice<GradedRollout>]] {
        let count = group.credit.continuations
        return try prefixes(of: group.searches).places.map { places in
            places.map { members[($0 * count)..<(($0 + 1) * count)] }
        }
    }
}
