@testable import HubCore
import HubSimulation
import Testing
import Wire

@Suite struct `Completion` {
    /// A bench whose requests wait, and a sampler.
    static func sampling(_ change: (inout ExchangeSettings) -> Void = { _ in }) throws -> (Bench, BenchPeer) {
        let bench = try Bench(change)
        try bench.drive(.stages, .orders)
        return (bench, try bench.join(.sampler))
    }

    /// A bench whose first turn of groups waits.
    static func grouped(_ change: (inout ExchangeSettings) -> Void = { _ in }) throws -> (Bench, BenchPeer, Lease) {
        let bench = try Bench(change)
        try bench.drive(.stages, .orders, .requests, .rollouts)
        let advantage = try bench.join(.advantage)
        return (bench, advantage, try advantage.leaseOne(.groups))
    }

    @Test func `the same completion again is already done and changes nothing`() throws {
        let (bench, sampler) = try Self.sampling()
        let lease = try sampler.leaseOne(.requests)
        #expect(try sampler.complete(lease).code == .ok)
        let before = bench.counts(.rollouts)
        #expect(try sampler.complete(lease).code == .alreadyDone)
        #expect(bench.counts(.rollouts) == before && before.ready == 3)
    }

    @Test func `a completion after the lease expired is refused`() throws {
        let (bench, sampler) = try Self.sampling()
        let lease = try sampler.leaseOne(.requests)
        try bench.pass(Int64(bench.hub.settings.leaseMilliseconds))
        try sampler.hello()
        expectRefused(try sampler.complete(lease), "lease-expired")
        #expect(bench.counts(.rollouts).ready == 0)
    }

    @Test func `a lease that never was, or of another worker, is refused`() throws {
        let (bench, sampler) = try Self.sampling()
        let lease = try sampler.leaseOne(.requests)
        let other = try bench.join(.sampler, "sampler-1")
        expectRefused(try other.complete(lease), "not-yours")
        expectRefused(try other.complete(Complete(leases: [999])), "unknown-lease")
        expectRefused(try other.complete(Complete()), "unknown-lease")
    }

    @Test func `one completed lease among others is not the same completion`() throws {
        let (_, sampler) = try Self.sampling()
        let leases = try sampler.lease(.requests, 2)
        try sampler.complete(leases[0])
        expectRefused(
            try sampler.complete(Complete(leases: leases.map(\.id), checkpoint: CheckpointOutput(number: 1))), "role")
        expectRefused(try sampler.complete(Complete(leases: leases.map(\.id))), "checkpoint")
    }

    @Test func `a role may only enqueue, open and judge what is its own`() throws {
        let (bench, sampler) = try Self.sampling()
        let lease = try sampler.leaseOne(.requests)
        var complete = try bench.script.complete(lease)
        complete.items[0].item.queue = .experience
        expectRefused(try sampler.complete(complete), "role")

        complete = try bench.script.complete(lease)
        complete.groups = [NewGroup(number: 1, size: 1, kind: .rollout, owns: SlotRange(first: 0, count: 1))]
        expectRefused(try sampler.complete(complete), "role")

        complete = Complete(leases: [lease.id], endings: (0..<3).map { SlotEnding(slot: $0, end: .result) })
        expectRefused(try sampler.complete(complete), "role")
        complete.endings = (0..<3).map { SlotEnding(slot: $0, end: .dropped, reason: "too long") }
        #expect(try sampler.complete(complete).code == .ok)
    }

    @Test func `a role may only lease from its own queues`() throws {
        let (_, sampler) = try Self.sampling()
        expectRefused(try sampler.ask(.credit, Credit(queue: .rollouts, items: 1).encoded()), "role")
    }

    @Test func `every slot is handed on once and is there`() throws {
        let (bench, sampler) = try Self.sampling()
        let lease = try sampler.leaseOne(.requests)
        let whole = try bench.script.complete(lease)

        var complete = whole
        complete.items.removeLast()
        expectRefused(try sampler.complete(complete), "slots")

        complete = whole
        complete.items[2].owns.first = 1
        expectRefused(try sampler.complete(complete), "slots")

        complete = whole
        complete.endings = [SlotEnding(slot: 0, end: .dropped)]
        expectRefused(try sampler.complete(complete), "slots")

        for range in [SlotRange(first: 3, count: 1), SlotRange(first: 4_294_967_295, count: 1)] {
            complete = whole
            complete.items[2].owns = range
            expectRefused(try sampler.complete(complete), "slots")
        }
        complete = whole
        complete.items[2].group = 1
        expectRefused(try sampler.complete(complete), "slots")

        #expect(bench.counts(.rollouts).ready == 0, "Nothing was written.")
        #expect(try sampler.complete(whole).code == .ok)
    }

    @Test func `groups are numbered in order, own what came before, and are small enough`() throws {
        let (bench, advantage, lease) = try Self.grouped()
        let group = NewGroup(
            number: 1, size: 1, kind: .rollout, owns: SlotRange(first: 0, count: 1),
            whenFull: Item(
                id: "g", queue: .groups, purpose: .preference, body: Group().encoded(), problem: lease.item.problem))
        let ending = SlotEnding(group: 1, slot: 0, end: .result)
        for change: (inout NewGroup) -> Void in [
            { $0.number = 2 }, { $0.size = 0 }, { $0.size = 65_537 }, { $0.group = 1 }, { $0.owns.count = 2 },
        ] {
            var changed = group
            change(&changed)
            expectRefused(
                try advantage.complete(Complete(leases: [lease.id], groups: [changed], endings: [ending])), "slots")
        }
        var wrong = group
        wrong.whenFull?.queue = .stages
        wrong.whenFull?.purpose = .control
        expectRefused(try advantage.complete(Complete(leases: [lease.id], groups: [wrong], endings: [ending])), "queue")
        #expect(bench.counts(.groups).done == 0)
        // A group that is full at once is enqueued at once.
        #expect(try advantage.complete(Complete(leases: [lease.id], groups: [group], endings: [ending])).code == .ok)
        #expect(bench.counts(.groups) == QueueStatus(queue: "groups", ready: 4, done: 1))
    }

    @Test func `the purpose may not change`() throws {
        let (bench, sampler) = try Self.sampling()
        let lease = try sampler.leaseOne(.requests)
        for purpose: Purpose in [.supervised, .evaluation, .control, .unspecified] {
            var complete = try bench.script.complete(lease)
            complete.items[0].item.purpose = purpose
            expectRefused(try sampler.complete(complete), "purpose")
        }
    }

    @Test func `what descends from an evaluation may not become experience`() throws {
        let bench = try Bench(stages: [(.evaluation, 1)])
        try bench.drive(.stages)
        let generator = try bench.join(.generator)
        let lease = try generator.leaseOne(.orders)
        let whole = try bench.script.complete(lease)
        for purpose: Purpose in [.evaluation, .supervised] {
            var complete = whole
            var item = complete.items[0].item
            (item.id, item.queue, item.purpose, item.body) = ("e", .experience, purpose, Experience().encoded())
            complete.items.append(NewItem(item: item))
            expectRefused(try generator.complete(complete), "purpose")
        }
        #expect(try generator.complete(whole).code == .ok)
    }

    @Test func `outputs may not refer to an evaluation, or to nothing`() throws {
        let bench = try Bench(stages: [(.evaluation, 1), (.preference, 1)])
        try bench.drive(.stages)
        try bench.drive(.orders, .requests, .rollouts)
        try bench.drive(.stages)
        try bench.drive(.orders)
        let sampler = try bench.join(.sampler)
        let lease = try sampler.leaseOne(.requests)
        #expect(lease.item.purpose == .preference)
        for (reference, code) in [("0.0.o0.p0", "purpose"), ("no.such.item", "lineage")] {
            var complete = try bench.script.complete(lease)
            complete.items[1].item.refersTo = [reference]
            expectRefused(try sampler.complete(complete), code)
        }
        // To what the same message brings: yes.
        var complete = try bench.script.complete(lease)
        complete.items[1].item.refersTo = ["\(lease.item.id).r0"]
        #expect(try sampler.complete(complete).code == .ok)
    }

    @Test func `outputs stay with their problem, stage and round`() throws {
        let (bench, sampler) = try Self.sampling()
        let lease = try sampler.leaseOne(.requests)
        for change: (inout Item) -> Void in [
            { $0.problem = "0.0.o1.p1" }, { $0.problem = "" }, { $0.stage = 1 }, { $0.round = 7 },
        ] {
            var complete = try bench.script.complete(lease)
            change(&complete.items[1].item)
            expectRefused(try sampler.complete(complete), "lineage")
        }
    }

    @Test func `an id is used once`() throws {
        let (bench, sampler) = try Self.sampling()
        let lease = try sampler.leaseOne(.requests)
        for id in ["r0", "", "a b", "é", String(repeating: "r", count: 190)] {
            var complete = try bench.script.complete(lease)
            complete.items[1].item.id = id
            expectRefused(try sampler.complete(complete), "identifier")
        }
    }

    @Test func `the id of an item that a group will enqueue is taken too`() throws {
        let bench = try Bench(problems: 1)
        let learner = try bench.join(.learner)
        let lease = try learner.leaseOne(.stages)
        var complete = try bench.script.complete(lease)
        complete.items[0].item = Item(
            id: "0.1", queue: .stages, purpose: .control, body: DecisionPoint(stage: 0, round: 1).encoded())
        expectRefused(try learner.complete(complete), "identifier")

        complete.items[0].item.id = "0.7"
        #expect(try learner.complete(complete).code == .ok)
        let second = try learner.leaseOne(.stages)
        let same = Item(id: "0.1", queue: .stages, purpose: .control, body: DecisionPoint().encoded())
        expectRefused(
            try learner.complete(
                Complete(leases: [second.id], items: [NewItem(item: same, owns: SlotRange(first: 0, count: 1))])),
            "identifier")
    }

    @Test func `a body must be what its queue says`() throws {
        let (bench, sampler) = try Self.sampling()
        let lease = try sampler.leaseOne(.requests)
        var complete = try bench.script.complete(lease)
        complete.items[2].item.body = [0xff, 0xff]
        expectRefused(try sampler.complete(complete), "body")
    }

    @Test func `the rollouts of one problem are bounded`() throws {
        // Three of its own, and each turn asks for three more.
        for (bound, isAllowed) in [(5, false), (6, true)] {
            let (bench, advantage, lease) = try Self.grouped { $0.fanOutPerProblem = bound }
            var asking = Complete(leases: [lease.id])
            asking.groups = [
                NewGroup(
                    number: 1, size: 3, kind: .rollout, owns: SlotRange(first: 0, count: 1),
                    whenFull: Item(
                        id: "g", queue: .groups, purpose: .preference, body: Group().encoded(),
                        problem: lease.item.problem))
            ]
            let request = Request(sampling: SamplingPlan(rollouts: 3), latestPolicy: true)
            asking.items = [
                NewItem(
                    item: Item(
                        id: "q", queue: .requests, purpose: .preference, body: request.encoded(),
                        problem: lease.item.problem),
                    group: 1, owns: SlotRange(first: 0, count: 3))
            ]
            let answer = try advantage.complete(asking)
            if isAllowed { #expect(answer.code == .ok) } else { expectRefused(answer, "fan-out") }
            #expect(bench.counts(.requests).ready == (isAllowed ? 1 : 0))
        }
    }
}
