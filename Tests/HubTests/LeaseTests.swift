import Basics
@testable import HubCore
import HubSimulation
import Ledger
import Testing
import Wire

@Suite struct `Leases` {
    @Test func `silence takes the leases back and counts as an attempt`() throws {
        let (bench, sampler) = try `Completion`.sampling()
        let lease = try sampler.leaseOne(.requests)
        let other = try bench.join(.sampler, "sampler-1")
        try bench.pass(9_500, heard: other)
        #expect(bench.counts(.requests).leased == 1)
        try bench.pass(500, heard: other)
        #expect(bench.counts(.requests).leased == 0)
        let again = try #require(try other.lease(.requests).first)
        #expect(again.item.id == lease.item.id && again.attempt == 2 && again.id != lease.id)
    }

    @Test func `an item that is held for too long is taken back from a worker that is heard`() throws {
        let (bench, sampler) = try `Completion`.sampling { $0.holdMilliseconds = 30_000 }
        let lease = try sampler.leaseOne(.requests)
        try bench.pass(30_000, heard: sampler)
        #expect(bench.counts(.requests).leased == 1)
        // It samples, and not this.
        sampler.tokens += 100
        try bench.pass(1_000, heard: sampler)
        #expect(bench.counts(.requests).leased == 0)
        expectRefused(try sampler.complete(lease), "lease-expired")
    }

    @Test func `a learner holds a round for as long as its updates go on`() throws {
        let bench = try Bench(stages: [(.supervised, 1)], orders: 1, problems: 2) { $0.holdMilliseconds = 30_000 }
        try bench.drive(.stages)
        try bench.drive(.orders)
        let learner = try bench.join(.learner)
        let leases = try learner.lease(.experience, 2)
        try #require(leases.count == 2)
        for _ in 0..<4 {
            learner.tokens += 100
            try bench.pass(20_000, heard: learner)
        }
        try bench.pass(10_000, heard: learner)
        #expect(bench.counts(.experience).leased == 2)
        // It is heard, and trains no more.
        try bench.pass(1_000, heard: learner)
        #expect(bench.counts(.experience).leased == 0)
    }

    @Test func `released and goodbye count as no attempt`() throws {
        let (bench, sampler) = try `Completion`.sampling { $0.attempts = 2 }
        for _ in 0..<3 {
            let lease = try sampler.leaseOne(.requests)
            #expect(lease.attempt == 1)
            try sampler.release(lease)
            try sampler.credit(.requests, 0)
        }
        let lease = try sampler.leaseOne(.requests)
        try sampler.say(.goodbye)
        let again = try bench.join(.sampler, "sampler-1").leaseOne(.requests)
        #expect(again.item.id == lease.item.id && again.attempt == 1)
        #expect(bench.counts(.requests).dead == 0)
    }

    @Test func `a lease that the worker does not name after the lease period never arrived`() throws {
        let (bench, sampler) = try `Completion`.sampling()
        let lease = try sampler.leaseOne(.requests)
        let silent = try bench.join(.sampler, "sampler-1")
        let lost = try silent.leaseOne(.requests)
        for _ in 0..<22 {
            bench.hub.milliseconds += 500
            try sampler.heartbeat()
            try silent.say(.heartbeat, Heartbeat().encoded())
        }
        #expect(bench.exchange.leases.keys.sorted() == [lease.id])
        let again = try #require(try sampler.lease(.requests).first)
        #expect(again.item.id == lost.item.id && again.attempt == 1)
    }

    @Test func `three lost leases make a dead letter, its slots end as errors and the run goes on`() throws {
        let bench = try Bench(orders: 1, problems: 1)
        try bench.drive(.stages, .orders)
        var id = ""
        for attempt in 1...3 {
            let sampler = try bench.join(.sampler, "sampler-\(attempt)")
            let lease = try sampler.leaseOne(.requests)
            (id, _) = (lease.item.id, #expect(lease.attempt == attempt))
            try bench.pass(10_000)
        }
        #expect(bench.counts(.requests) == QueueStatus(queue: "requests", dead: 1))
        let status = try bench.join(.operator).status()
        #expect(status.deadLetters.map(\.item) == [id] && status.deadLetters[0].attempts == 3)
        let group = try bench.join(.advantage).leaseOne(.groups)
        #expect(group.members.map(\.end) == [.error, .error, .error] && group.members[0].item == id)
    }

    @Test func `a failure that cannot be retried makes a dead letter at once`() throws {
        let (bench, sampler) = try `Completion`.sampling()
        try sampler.fail(try sampler.leaseOne(.requests), retriable: false)
        #expect(bench.counts(.requests).dead == 1)
    }

    @Test func `a failure that is sent again counts once`() throws {
        let (bench, sampler) = try `Completion`.sampling { $0.attempts = 3 }
        let lease = try sampler.leaseOne(.requests)
        for code in [AnswerCode.ok, .alreadyDone] { #expect(try sampler.fail(lease).code == code) }
        #expect(bench.counts(.requests).dead == 0)
        let again = try sampler.leaseOne(.requests)
        #expect(again.item.id == lease.item.id && again.attempt == 2)
    }

    @Test func `an item on its last attempt is leased alone`() throws {
        let (bench, sampler) = try `Completion`.sampling { $0.attempts = 2 }
        let suspect = try sampler.leaseOne(.requests)
        try sampler.fail(suspect)
        try sampler.credit(.requests, 0)
        // A worker that holds something does not get it, and neither does it hold back the others.
        let first = try sampler.lease(.requests, 1)
        #expect(first.count == 1 && first[0].item.id == suspect.item.id)
        #expect(try sampler.lease(.requests, 3).isEmpty, "It is alone with its suspect.")
        let other = try bench.join(.sampler, "sampler-1")
        #expect(try other.lease(.requests, 4).count == 3)
        #expect(try sampler.complete(first[0]).code == .ok)
        #expect(bench.exchange.sessions.values.allSatisfy { !$0.isAlone })
    }

    @Test func `a busy worker does not get a suspect`() throws {
        let (bench, sampler) = try `Completion`.sampling { $0.attempts = 2 }
        let suspect = try sampler.leaseOne(.requests)
        let busy = try bench.join(.sampler, "sampler-1")
        let work = try busy.leaseOne(.requests)
        try sampler.fail(suspect)
        #expect(try busy.lease(.requests, 5).map(\.item.id).contains(suspect.item.id) == false)
        #expect(bench.counts(.requests).ready == 1)
        try busy.complete(work)
        #expect(bench.counts(.requests).ready == 1, "It still holds others.")
    }

    @Test func `a suspect that cannot be leased leaves its worker free`() throws {
        let bench = try Bench(orders: 1, problems: 2) { $0.attempts = 2 }
        try bench.drive(.stages)
        let generator = try bench.join(.generator)
        let order = try generator.leaseOne(.orders)
        var complete = try bench.script.complete(order)
        // The first problem asks for a policy version that was never published.
        for index in complete.items.indices where complete.items[index].item.id == "p0.q" {
            let request = Request(sampling: SamplingPlan(rollouts: 3), policyVersion: 9)
            complete.items[index].item.body = request.encoded()
        }
        try generator.complete(complete)
        try bench.hub.ledger.transaction { ledger in
            for item in try ledger.readyItems() where item.id.hasSuffix("p0.q") {
                try ledger.setState(.ready, attempts: 1, of: item.seq)
            }
        }
        try bench.hub.restart()
        let sampler = try bench.join(.sampler)
        let leases = try sampler.lease(.requests, 2)
        #expect(leases.map(\.item.id) == ["0.0.o0.p1.q"])
        #expect(bench.counts(.requests).dead == 1)
    }

    @Test func `failed experience is never a suspect and is not waited for`() throws {
        let bench = try Bench(stages: [(.supervised, 1)], orders: 1, problems: 2) { $0.attempts = 2 }
        try bench.drive(.stages)
        try bench.drive(.orders)
        let learner = try bench.join(.learner)
        let point = try learner.leaseOne(.stages)
        #expect(point.unconsumedExperience == 2)
        let experience = try learner.lease(.experience, 1)
        try learner.fail(experience[0])
        let again = try learner.lease(.experience, 2)
        #expect(again.count == 2, "The learner holds its decision point, and gets what failed before.")
        try learner.fail(try #require(again.first { $0.item.id == experience[0].item.id }))
        #expect(bench.counts(.experience).dead == 1)
        try learner.release(point)
        let retaken = try #require(try learner.lease(.stages).first)
        #expect(retaken.unconsumedExperience == 1)

        let command = Command(kind: .requeue, item: experience[0].item.id)
        expectRefused(try bench.join(.operator).ask(.command, command.encoded()), "command")
    }

    @Test func `the crash of a learner says nothing of what it held`() throws {
        let bench = try Bench { $0.attempts = 2 }
        for start in 1...4 {
            let learner = try bench.join(.learner, "learner-0", instance: "start-\(start)")
            #expect(try learner.leaseOne(.stages).attempt == 1)
        }
    }

    @Test func `a dead letter is put back while its group is open`() throws {
        let (bench, sampler) = try `Completion`.sampling()
        let lease = try sampler.leaseOne(.requests)
        try sampler.fail(lease, retriable: false)
        let boss = try bench.join(.operator)
        // The group of the rollouts is whole: what followed from it stays.
        let requeue = Command(kind: .requeue, item: lease.item.id).encoded()
        expectRefused(try boss.ask(.command, requeue), "command")
        expectRefused(try boss.ask(.command, Command(kind: .requeue, item: "nobody").encoded()), "command")
        expectRefused(try sampler.ask(.command, requeue), "role")

        // The problem's group ends one of the order's two problems, so that one can be put back.
        let advantage = try bench.join(.advantage)
        let group = try advantage.leaseOne(.groups)
        let before = bench.exchange.problemsInFlight
        try advantage.fail(group, retriable: false)
        #expect(bench.exchange.problemsInFlight == before - 1)
        #expect(try boss.ask(.command, Command(kind: .requeue, item: group.item.id).encoded()).code == .ok)
        #expect(bench.exchange.problemsInFlight == before)
        #expect(try advantage.leaseOne(.groups).attempt == 1)
    }

    @Test func `latest is fixed for the whole group at its first lease`() throws {
        let bench = try Bench(stages: [(.supervised, 1), (.preference, 1)], orders: 1, problems: 1)
        try bench.drive(.stages, .orders)
        // The driver decided on; its experience is still to be trained on.
        let problem = "1.0.o0.p0"
        try bench.drive(.stages, .orders, .requests, .rollouts)
        let advantage = try bench.join(.advantage)
        let group = try advantage.leaseOne(.groups)
        #expect(group.item.problem == problem)
        var asking = Complete(leases: [group.id])
        asking.groups = [
            NewGroup(
                number: 1, size: 2, kind: .rollout, owns: SlotRange(first: 0, count: 1),
                whenFull: Item(
                    id: "g", queue: .groups, purpose: .preference, stage: 1, body: Group().encoded(), problem: problem))
        ]
        asking.items = (0..<2).map { index in
            let request = Request(sampling: SamplingPlan(rollouts: 1), latestPolicy: true, prefixRollout: problem)
            return NewItem(
                item: Item(
                    id: "q\(index)", queue: .requests, purpose: .preference, stage: 1, body: request.encoded(),
                    problem: problem), group: 1, owns: SlotRange(first: index, count: 1))
        }
        #expect(try advantage.complete(asking).code == .ok)
        let sampler = try bench.join(.sampler)
        let before = try Request(decoding: try sampler.leaseOne(.requests).item.body)
        #expect(before.policyVersion == 0 && before.policySHA256 == bench.exchange.policies[0])

        try `Checkpoints`.train(bench, publishes: true)
        #expect(bench.exchange.newestPolicy.number == 1)
        let after = try Request(decoding: try sampler.leaseOne(.requests).item.body)
        #expect(after.policyVersion == 0 && after.policySHA256 == before.policySHA256)
    }
}
