import Basics
public import Wire

/// What the scripted workers make of each item: a function of the item and nothing else, whichever worker has it.
public struct Script: Sendable {
    /// The recipe that the learner's decisions follow.
    public let recipe: SimulatedRecipe

    /// Follows a recipe.
    public init(_ recipe: SimulatedRecipe) {
        self.recipe = recipe
    }

    /// Completes an item of any queue but experience.
    public func complete(_ lease: Lease) throws -> Complete {
        switch lease.item.queue {
        case .stages: try decide(lease)
        case .orders: try order(lease)
        case .requests: try sample(lease)
        case .rollouts: grade(lease)
        case .groups: try advance(lease)
        case .experience, .problems, .unspecified: preconditionFailure("\(lease.item.queue) has no script")
        }
    }

    /// A number from 0 that depends on the name alone.
    static func draw(_ name: String, below bound: UInt64) -> Int {
        var generator = SeededGenerator(seed: 8, name: name)
        return Int(generator.next() % bound)
    }

    // MARK: Learner

    private func decide(_ lease: Lease) throws -> Complete {
        let point = try DecisionPoint(decoding: lease.item.body)
        let (purpose, rounds) = recipe.stages[point.stage]
        var complete = Complete(leases: [lease.id])
        if point.round < rounds {
            complete.groups = [
                NewGroup(
                    number: 1, size: recipe.orders, kind: .round, owns: SlotRange(first: 0, count: 1),
                    whenFull: decision(point.stage, point.round + 1))
            ]
            complete.items = (0..<recipe.orders).map { index in
                let order = Order(
                    source: ProblemSource(family: "scripted", seed: 8), firstIndex: UInt64(index * recipe.problems),
                    count: recipe.problems, sampling: SamplingPlan(rollouts: recipe.rollouts),
                    credit: purpose == .preference ? CreditPlan(continuations: 2) : nil,
                    latestPolicy: purpose != .supervised)
                let item = Item(
                    id: "o\(index)", queue: .orders, purpose: purpose, stage: point.stage, round: point.round,
                    body: order.encoded())
                return NewItem(item: item, group: 1, owns: SlotRange(first: index, count: 1))
            }
        } else if point.stage + 1 < recipe.stages.count {
            complete.items = [NewItem(item: decision(point.stage + 1, 0), owns: SlotRange(first: 0, count: 1))]
        } else {
            complete.endings = [SlotEnding(slot: 0, end: .result)]
        }
        return complete
    }

    private func decision(_ stage: Int, _ round: Int) -> Item {
        Item(
            id: "\(stage).\(round)", queue: .stages, purpose: .control, stage: stage, round: round,
            body: DecisionPoint(stage: stage, round: round).encoded())
    }

    // MARK: Generator

    private func order(_ lease: Lease) throws -> Complete {
        let order = try Order(decoding: lease.item.body)
        var complete = Complete(
            leases: [lease.id],
            groups: [NewGroup(number: 1, size: order.count, kind: .order, owns: SlotRange(first: 0, count: 1))])
        for slot in 0..<order.count {
            let problem = "\(lease.item.id).p\(slot)"
            let body = Problem(
                question: "\(slot) + 1", referenceAnswer: "\(slot + 1)", source: order.source,
                index: order.firstIndex + UInt64(slot))
            complete.items.append(
                NewItem(item: item("p\(slot)", .problems, lease, problem: problem, body: body.encoded(), refersTo: [])))
            if lease.item.purpose == .supervised {
                let experience = Experience(
                    question: body.question, solution: "#### \(body.referenceAnswer)", weight: 1)
                complete.items.append(
                    NewItem(
                        item: item(
                            "p\(slot).e", .experience, lease, problem: problem, body: experience.encoded(), refersTo: []
                        )))
                complete.endings.append(
                    SlotEnding(group: 1, slot: slot, end: .result, result: Outcome(experience: 1).encoded()))
                continue
            }
            let number = complete.groups.count + 1
            let group = Group(credit: order.credit ?? CreditPlan(), latestPolicy: true)
            complete.groups.append(
                NewGroup(
                    number: number, size: order.sampling.rollouts, kind: .rollout,
                    owns: SlotRange(first: slot, count: 1),
                    whenFull: order.credit.map { _ in
                        item("p\(slot).g", .groups, lease, problem: problem, body: group.encoded(), refersTo: [problem])
                    }, group: 1))
            let request = Request(sampling: order.sampling, latestPolicy: true)
            complete.items.append(
                NewItem(
                    item: item(
                        "p\(slot).q", .requests, lease, problem: problem, body: request.encoded(), refersTo: [problem]),
                    group: number, owns: SlotRange(first: 0, count: order.sampling.rollouts)))
        }
        return complete
    }

    // MARK: Sampler and verifier

    private func sample(_ lease: Lease) throws -> Complete {
        let request = try Request(decoding: lease.item.body)
        precondition(request.policySHA256 != nil, "The hub names the policy's blob in \(lease.item.id)")
        return Complete(
            leases: [lease.id],
            items: (0..<request.sampling.rollouts).map { index in
                let steps = request.prefixText + "step of \(lease.item.id)\n"
                let rollout = Rollout(
                    tokens: [1, 2], logProbabilities: [-1, -2], stepEnds: [2], text: "\(steps)#### \(index)",
                    policyVersion: request.policyVersion, policySHA256: request.policySHA256, promptTokens: [7])
                return NewItem(
                    item: item(
                        "r\(index)", .rollouts, lease, problem: lease.item.problem, body: rollout.encoded(),
                        refersTo: [lease.item.problem]),
                    owns: SlotRange(first: index, count: 1))
            })
    }

    private func grade(_ lease: Lease) -> Complete {
        let isCorrect = Self.draw(lease.item.id, below: 2) == 0
        let verdict = Verdict(grade: isCorrect ? .correct : .incorrect, answer: "\(isCorrect)")
        return Complete(leases: [lease.id], endings: [SlotEnding(slot: 0, end: .result, result: verdict.encoded())])
    }

    // MARK: Advantage

    private func advance(_ lease: Lease) throws -> Complete {
        var group = try Group(decoding: lease.item.body)
        let problem = lease.item.problem
        guard group.turn < Self.draw(problem, below: UInt64(recipe.turns + 1)) else {
            let count = Self.draw(lease.item.id, below: 3)
            let outcome = Outcome(experience: count, reason: count == 0 ? "nothing to learn" : "")
            return Complete(
                leases: [lease.id],
                items: (0..<count).map { index in
                    let pair = Experience(kind: .preferencePair, chosenTokens: [UInt32(index)], rejectedTokens: [9])
                    return NewItem(
                        item: item(
                            "x\(index)", .experience, lease, problem: problem, body: pair.encoded(), refersTo: []))
                },
                endings: [SlotEnding(slot: 0, end: .result, result: outcome.encoded())])
        }
        // Two searches, so two requests share the next group's slots.
        let rollout = lease.members.first { !$0.item.isEmpty }?.item ?? ""
        group.turn += 1
        group.searches = [PitSearch(rollout: rollout, trials: [2], successes: [UInt32(group.turn % 2)], asked: 2)]
        let sizes = [2, 1]
        return Complete(
            leases: [lease.id],
            groups: [
                NewGroup(
                    number: 1, size: 3, kind: .rollout, owns: SlotRange(first: 0, count: 1),
                    whenFull: item(
                        "g", .groups, lease, problem: problem, body: group.encoded(),
                        refersTo: [problem] + (rollout.isEmpty ? [] : [rollout])))
            ],
            items: sizes.indices.map { index in
                let request = Request(
                    sampling: SamplingPlan(rollouts: sizes[index]), latestPolicy: true, prefixText: "prefix\n",
                    prefixRollout: rollout.isEmpty ? problem : rollout, prefixSteps: 1)
                return NewItem(
                    item: item(
                        "q\(index)", .requests, lease, problem: problem, body: request.encoded(), refersTo: [problem]),
                    group: 1, owns: SlotRange(first: index * 2, count: sizes[index]))
            })
    }

    private func item(
        _ suffix: String, _ queue: Queue, _ lease: Lease, problem: String, body: [UInt8], refersTo: [String]
    ) -> Item {
        Item(
            id: suffix, queue: queue, purpose: lease.item.purpose, stage: lease.item.stage, round: lease.item.round,
            body: body, refersTo: refersTo, problem: problem)
    }
}
