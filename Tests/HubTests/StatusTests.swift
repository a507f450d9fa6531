@testable import HubCore
import HubSimulation
import Testing
import Wire

@Suite struct `The status of a run` {
    private func graded(_ bench: Bench) -> [String: UInt64] {
        bench.exchange.counters.filter { counter in
            counter.value > 0 && ["graded.", "evaluated."].contains { counter.key.hasPrefix($0) }
        }
    }

    @Test func `the grades of an evaluation are counted as its problems end`() throws {
        let bench = try Bench(stages: [(.evaluation, 1)], orders: 1, problems: 2)
        try bench.drive(.stages, .orders, .requests)
        #expect(graded(bench) == [:])
        let rollouts = bench.counts(.rollouts).ready
        try #require(rollouts >= 2)
        let verifier = try bench.join(.verifier)
        var expected: [String: UInt64] = [:]
        let grades: [(Grade, String)] = [
            (.correct, "correct"), (.incorrect, "incorrect"), (.noAnswer, "no-answer"), (.correct, "correct"),
        ]
        for (index, lease) in try verifier.lease(.rollouts, rollouts).enumerated() {
            let (grade, name) = grades[index % grades.count]
            let verdict = Verdict(grade: grade, answer: "1").encoded()
            _ = try verifier.complete(
                Complete(leases: [lease.id], endings: [SlotEnding(group: 0, slot: 0, end: .result, result: verdict)]))
            expected["evaluated.\(name)", default: 0] += 1
        }
        #expect(graded(bench) == expected)
    }

    @Test func `the grades of a problem that was improved on are those of its outcome`() throws {
        let bench = try Bench(stages: [(.preference, 1)], orders: 1, problems: 1)
        try bench.drive(.stages, .orders, .requests, .rollouts)
        let advantage = try bench.join(.advantage)
        let group = try advantage.leaseOne(.groups)
        let outcome = Outcome(correct: 2, incorrect: 3, noAnswer: 1, errors: 4, continuations: 9, reason: "enough")
        _ = try advantage.complete(
            Complete(
                leases: [group.id], endings: [SlotEnding(group: 0, slot: 0, end: .result, result: outcome.encoded())]))
        #expect(
            graded(bench)
                == ["graded.correct": 2, "graded.incorrect": 3, "graded.no-answer": 1, "graded.error": 4])
    }

    @Test func `the lag is how far the last leased request is behind the newest version`() throws {
        let bench = try Bench(stages: [(.supervised, 1), (.preference, 1)], orders: 1, problems: 2)
        for _ in 0..<3 { try bench.drive(.stages, .orders) }
        let sampler = try bench.join(.sampler)
        let early = try sampler.leaseOne(.requests)
        #expect(try sampler.status().policyLag == 0)
        // Its version is fixed; then there is a newer one.
        _ = try sampler.release(early)
        try Checkpoints.train(bench, publishes: true)
        #expect(try sampler.leaseOne(.requests).item.id == early.item.id)
        #expect(try sampler.status().policyLag == 1)
        _ = try sampler.leaseOne(.requests)
        #expect(try sampler.status().policyLag == 0)
    }

    @Test func `a worker's share of time without work is what its last heartbeat said`() throws {
        let bench = try Bench()
        let sampler = try bench.join(.sampler)
        #expect(try sampler.status().workers.map(\.upMilliseconds) == [0])
        for (waited, up) in [(UInt64(40), UInt64(50)), (60, 300)] {
            try sampler.say(
                .heartbeat, Heartbeat(waitedMilliseconds: waited, upMilliseconds: up).encoded())
        }
        let worker = try #require(try sampler.status().workers.first)
        #expect(worker.waitedMilliseconds == 60 && worker.upMilliseconds == 300)
    }
}
