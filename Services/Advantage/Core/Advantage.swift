import Credit
import Mathematics
public import Wire

/// Turns the verdicts of a problem's rollouts into experience.
///
/// It keeps nothing between the turns of a search: a group that needs continuations is completed with requests for them,
/// which form the next group, and that one carries the searches on.
public struct Advantage {
    let lease: Lease
    let problem: Wire.Problem
    var group: Group
    let members: [GradedRollout]

    /// Completes a whole group: with requests for continuations while a search for a first pit goes on, else with the
    /// problem's outcome and its experience.
    ///
    /// - Parameter exactValues: whether values are exact also where the group's plan does not say so.
    /// - Throws: if the group or something it refers to cannot be read, or the problem has no exact values and is to be
    ///   searched by them.
    public static func complete(_ lease: Lease, exactValues: Bool = false) throws -> Complete {
        var advantage = try Advantage(lease)
        // It stays with the group, whoever carries it on.
        if exactValues { advantage.group.credit.values = .exact }
        if advantage.group.turn == 0 { try advantage.begin() } else { try advantage.record() }
        return try advantage.nextTurn() ?? advantage.outcome()
    }

    private init(_ lease: Lease) throws {
        self.lease = lease
        group = try Group(decoding: lease.item.body)
        members = try lease.members.map(GradedRollout.init)
        problem = try Wire.Problem(decoding: try Self.attached(lease.item.problem, to: lease))
    }

    // MARK: The problem's own rollouts

    private mutating func begin() throws {
        let puzzle = try group.credit.values == .exact ? readPuzzle() : nil
        let texts = members.map(\.rollout.text)
        let verdicts = members.map(\.verdict)
        for verdict in verdicts {
            switch verdict {
            case .correct: group.correct += 1
            case .incorrect: group.incorrect += 1
            case .noAnswer: group.noAnswer += 1
            case .error: group.errors += 1
            }
        }
        group.errorKinds = Dictionary(grouping: members.filter { !$0.errorKind.isEmpty }, by: \.errorKind)
            .map { ErrorCount(kind: $0.key, count: $0.value.count) }.sorted { $0.kind < $1.kind }
        if let version = members.first(where: { $0.rollout.policySHA256 != nil })?.rollout.policyVersion {
            group.policyVersion = version
        }
        group.correctRollouts = GroupSelection.positives(texts: texts, verdicts: verdicts, limit: members.count).map {
            members[$0].id
        }
        // Without a correct rollout nothing can be preferred to the first step, and continuations from there are dear.
        guard group.correct > 0 else { return }
        group.searches = GroupSelection.negatives(texts: texts, verdicts: verdicts, limit: group.credit.negatives).map {
            PitSearch(rollout: members[$0].id)
        }
        if let puzzle { try findPits(of: puzzle) }
    }

    // MARK: Continuations

    private mutating func record() throws {
        var rest = members[...]
        group.continuations += members.count
        for index in group.searches.indices where group.searches[index].asked > 0 {
            let graded = rest.prefix(group.searches[index].asked)
            rest = rest.dropFirst(graded.count)
            if group.credit.values == .exact {
                recordWay(graded, at: index)
                continue
            }
            var search = try search(group.searches[index])
            let correct = graded.filter { $0.verdict.isCorrect }
            let errors = graded.count { $0.verdict.reward == nil }
            try search.record(correct: correct.count, incorrect: graded.count - correct.count - errors, errors: errors)
            if !correct.isEmpty { group.searches[index].passedWith = correct.map(\.id) }
            group.searches[index].trials = search.statistics.trials.map(UInt32.init)
            group.searches[index].successes = search.statistics.successes.map(UInt32.init)
            group.searches[index].retries = search.retryCount
            group.searches[index].abandoned = search.isAbandoned
            group.searches[index].asked = 0
        }
    }

    private func nextTurn() throws -> Complete? {
        var next = group
        next.turn += 1
        var complete = Complete(leases: [lease.id])
        var slot = 0
        for index in next.searches.indices {
            guard let wanted = try wanted(next.searches[index]) else { continue }
            next.searches[index].asked = wanted.count
            let negative = try rollout(next.searches[index].rollout)
            let prefix = try negative.steps().prefix(steps: wanted.prefixStepCount)
            var sampling = group.credit.sampling
            sampling.rollouts = wanted.count
            let request = Request(
                sampling: sampling, policyVersion: group.policyVersion,
                prefixTokens: prefix.map { UInt32(bitPattern: $0) },
                prefixText: text(of: negative, steps: wanted.prefixStepCount),
                prefixRollout: next.searches[index].rollout, prefixSteps: wanted.prefixStepCount)
            complete.items.append(
                NewItem(
                    item: item("q\(index)", .requests, request.encoded(), refersTo: [lease.item.problem]), group: 1,
                    owns: SlotRange(first: slot, count: wanted.count)))
            slot += wanted.count
        }
        guard slot > 0 else { return nil }
        let references =
            [lease.item.problem] + next.searches.map(\.rollout) + next.searches.flatMap(\.passedWith)
            + next.correctRollouts
        complete.groups = [
            NewGroup(
                number: 1, size: slot, kind: .rollout, owns: SlotRange(first: 0, count: 1),
                whenFull: item("g", .groups, next.encoded(), refersTo: references.unique()))
        ]
        return complete
    }

    /// The continuations that a search asks for next; nil if it has ended.
    private func wanted(_ state: PitSearch) throws -> (prefixStepCount: Int, count: Int)? {
        if group.credit.values == .exact { return wayAround(state) }
        return try search(state).nextRequest.map { ($0.prefixStepCount, $0.count) }
    }

    // MARK: The outcome

    private func outcome() throws -> Complete {
        var complete = Complete(leases: [lease.id])
        let correct = try group.correctRollouts.map { try rollout($0) }
        // All rollouts of a problem have its prompt and its policy.
        let source = try group.searches.first.map { try rollout($0.rollout) } ?? Rollout()
        for (index, pair) in try pairs(against: correct).enumerated() {
            let experience = Experience(
                kind: .preferencePair,
                contextTokens: source.promptTokens + pair.context.map { UInt32(bitPattern: $0) },
                chosenTokens: pair.chosen.map { UInt32(bitPattern: $0) },
                rejectedTokens: pair.rejected.map { UInt32(bitPattern: $0) }, weight: 1,
                policyVersion: group.policyVersion, policySHA256: source.policySHA256, layout: group.credit.layout)
            complete.items.append(NewItem(item: item("p\(index)", .experience, experience.encoded(), refersTo: [])))
        }
        for (index, positive) in correct.prefix(group.credit.positives).enumerated() {
            let experience = Experience(
                kind: .weightedTokens, contextTokens: positive.promptTokens, chosenTokens: positive.tokens,
                weight: group.credit.positiveWeight, policyVersion: positive.policyVersion,
                policySHA256: positive.policySHA256, chosenLogProbabilities: positive.logProbabilities)
            complete.items.append(NewItem(item: item("w\(index)", .experience, experience.encoded(), refersTo: [])))
        }
        let outcome = Outcome(
            experience: complete.items.count, correct: group.correct, incorrect: group.incorrect,
            noAnswer: group.noAnswer, errors: group.errors, pits: try pits().count, continuations: group.continuations,
            reason: complete.items.isEmpty ? reason() : "", errorKinds: group.errorKinds, level: problem.level)
        complete.endings = [SlotEnding(group: 0, slot: 0, end: .result, result: outcome.encoded())]
        return complete
    }

    private func pits() throws -> [(search: PitSearch, step: Int)] {
        try group.searches.compactMap { state in
            if group.credit.values == .exact { return state.exactPit > 0 ? (state, state.exactPit) : nil }
            guard case .pit(let step) = try search(state).outcome else { return nil }
            return (state, step)
        }
    }

    private func pairs(against correct: [Rollout]) throws -> [PreferencePair] {
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

    private func reason() -> String {
        if group.correct + group.incorrect + group.noAnswer == 0 { return "no rollout could be graded" }
        if group.correct == 0 { return "no rollout is correct" }
        if group.incorrect == 0 { return "no rollout is incorrect" }
        if group.credit.values == .exact { return reasonWithoutExactPair }
        if group.searches.contains(where: \.abandoned) { return "continuations could not be graded" }
        return "every pit can be recovered from"
    }

    // MARK: What the group refers to

    private func search(_ state: PitSearch) throws -> FirstPitSearch {
        try FirstPitSearch(
            stepCount: try rollout(state.rollout).stepEnds.count, continuationCount: group.credit.continuations,
            waveSize: group.credit.wave,
            statistics: PrefixStatistics(trials: state.trials.map(Int.init), successes: state.successes.map(Int.init)),
            retryCount: state.retries, isAbandoned: state.abandoned)
    }

    func rollout(_ id: String) throws -> Rollout {
        if let member = members.first(where: { $0.id == id }) { return member.rollout }
        return try Rollout(decoding: try Self.attached(id, to: lease))
    }

    private static func attached(_ id: String, to lease: Lease) throws -> [UInt8] {
        guard let attachment = lease.attachments.first(where: { $0.item == id }) else {
            throw AdvantageError(message: "Group \(lease.item.id) refers to \(id), which did not come with it.")
        }
        return attachment.body
    }

    private func text(of rollout: Rollout, steps: Int) -> String {
        rollout.text.split(separator: "\n", omittingEmptySubsequences: false).prefix(steps).map { $0 + "\n" }.joined()
    }

    private func item(_ suffix: String, _ queue: Queue, _ body: [UInt8], refersTo: [String]) -> Item {
        Item(
            id: suffix, queue: queue, purpose: lease.item.purpose, stage: lease.item.stage, round: lease.item.round,
            body: body, refersTo: refersTo, problem: lease.item.problem)
    }
}

extension [String] {
    fileprivate func unique() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}

/// A group that cannot be worked on.
struct AdvantageError: Error, CustomStringConvertible {
    let message: String
    var description: String { message }
}
