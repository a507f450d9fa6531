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
        let cutOffIsNoAnswer = group.credit.advantage != nil
        members = try lease.members.map { try GradedRollout($0, cutOffIsNoAnswer: cutOffIsNoAnswer) }
        problem = try Wire.Problem(decoding: try Self.attached(lease.item.problem, to: lease))
    }

    // MARK: The problem's own rollouts

    private mutating func begin() throws {
        let rule = try advantageRule()
        let searches = try rule == nil && outcomeRule() == nil && group.credit.negatives > 0
        let puzzle = try searches && group.credit.values == .exact ? readPuzzle() : nil
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
        if rule?.isOfSteps == true { group.searches = try surveyed() }
        // Without a correct rollout nothing can be preferred to the first step, and continuations from there are dear.
        guard searches, group.correct > 0 else { return }
        group.searches = GroupSelection.negatives(texts: texts, verdicts: verdicts, limit: group.credit.negatives).map {
            PitSearch(rollout: members[$0].id)
        }
        if let puzzle { try findPits(of: puzzle) }
    }

    // MARK: Continuations

    private mutating func record() throws {
        group.continuations += members.count
        if try advantageRule() != nil { return try recordSurvey() }
        var rest = members[...]
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
        var asked: [(suffix: String, rollout: String, continuations: Continuations)] = []
        if try advantageRule() != nil {
            let prefixes = group.turn == 0 ? try prefixes(of: group.searches).distinct : []
            asked = prefixes.enumerated().map { index, prefix in
                (
                    "q\(index)", prefix.rollout,
                    Continuations(prefixStepCount: prefix.stepCount, count: group.credit.continuations)
                )
            }
        } else {
            for index in next.searches.indices {
                guard let wanted = try wanted(next.searches[index]) else { continue }
                next.searches[index].asked = wanted.count
                asked.append(("q\(index)", next.searches[index].rollout, wanted))
            }
        }
        var complete = Complete(leases: [lease.id])
        var slot = 0
        for (suffix, rollout, continuations) in asked {
            complete.items.append(
                NewItem(
                    item: item(
                        suffix, .requests, try request(continuations, of: rollout).encoded(),
                        refersTo: [lease.item.problem]),
                    group: 1, owns: SlotRange(first: slot, count: continuations.count)))
            slot += continuations.count
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

    /// Continuations of one prefix.
    struct Continuations {
        let prefixStepCount: Int
        let count: Int
    }

    /// The continuations that a search asks for next; nil if it has ended.
    private func wanted(_ state: PitSearch) throws -> Continuations? {
        if group.credit.values == .exact { return wayAround(state) }
        return try search(state).nextRequest.map {
            Continuations(prefixStepCount: $0.prefixStepCount, count: $0.count)
        }
    }

    private func request(_ continuations: Continuations, of id: String) throws -> Request {
        let searched = try rollout(id)
        let prefix = try searched.steps().prefix(steps: continuations.prefixStepCount)
        var sampling = group.credit.sampling
        sampling.rollouts = continuations.count
        return Request(
            sampling: sampling, policyVersion: group.policyVersion,
            prefixTokens: prefix.map { UInt32(bitPattern: $0) },
            prefixText: text(of: searched, steps: continuations.prefixStepCount), prefixRollout: id,
            prefixSteps: continuations.prefixStepCount)
    }

    // MARK: The outcome

    private func outcome() throws -> Complete {
        let rule = try advantageRule()
        let experience = try rule.map { try advantages(by: $0) } ?? preferences()
        let surveys = rule?.isOfSteps == true
        let steps = surveys ? try spuriousSteps() : SpuriousSteps()
        let heldOut = surveys ? try heldOutPits() : HeldOutPits()
        let outcome = Outcome(
            experience: experience.count, correct: group.correct, incorrect: group.incorrect,
            noAnswer: group.noAnswer, errors: group.errors, pits: rule == nil ? try pits().count : 0,
            continuations: group.continuations, reason: experience.isEmpty ? try reason() : "",
            errorKinds: group.errorKinds, level: problem.level, correctSteps: steps.stepCount,
            spuriousSteps: steps.spuriousCount, heldOutPits: heldOut.foundCount, falsePits: heldOut.falseCount)
        var complete = Complete(leases: [lease.id])
        var counts: [ExperienceKind: Int] = [:]
        complete.items = experience.map { experience in
            let letter = experience.kind == .preferencePair ? "p" : experience.kind == .advantages ? "a" : "w"
            let index = counts[experience.kind, default: 0]
            counts[experience.kind] = index + 1
            return NewItem(item: item("\(letter)\(index)", .experience, experience.encoded(), refersTo: []))
        }
        complete.endings = [SlotEnding(group: 0, slot: 0, end: .result, result: outcome.encoded())]
        return complete
    }

    private func reason() throws -> String {
        if group.correct + group.incorrect + group.noAnswer == 0 { return "no rollout could be graded" }
        if let rule = try advantageRule() {
            if rule.isOfSteps {
                return group.searches.isEmpty
                    ? "all rollouts were cut off, or have more prefixes than hub.fan_out_per_problem allows"
                    : rule.isOfPairs ? "no two different steps were drawn" : "continuations could not be graded"
            }
            return "all rewards are equal, or all rollouts were cut off"
        }
        if group.correct == 0 { return "no rollout is correct" }
        if group.credit.negatives == 0 { return "no correct rollout's annotations hold" }
        if group.incorrect == 0 { return "no rollout is incorrect" }
        if try outcomeRule() != nil { return "no two rollouts make a pair" }
        if group.credit.values == .exact { return reasonWithoutExactPair }
        if group.searches.contains(where: \.abandoned) { return "continuations could not be graded" }
        return "every pit can be recovered from"
    }

    // MARK: What the group refers to

    func search(_ state: PitSearch) throws -> FirstPitSearch {
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
