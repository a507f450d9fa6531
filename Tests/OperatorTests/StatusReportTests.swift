import Recipe
import Testing
import Wire

@testable import OperatorCore

@Suite struct `The report of a run's status` {
    private let status = Status(
        run: "r1", state: "running", queues: [QueueStatus(queue: "requests", ready: 5, leased: 4, done: 3, dead: 1)],
        workers: [
            WorkerStatus(
                name: "learner-1", role: .learner, host: "h", waitingFor: "the outcomes", waitingMilliseconds: 3_000),
            WorkerStatus(
                name: "sampler-1", role: .sampler, host: "h", leases: 4, credit: 2, tokens: 99,
                waitedMilliseconds: 1_250, upMilliseconds: 10_000),
            WorkerStatus(name: "verifier-1", role: .verifier, host: "h", credit: 32),
            WorkerStatus(name: "operator", role: .operator, host: "h"),
        ],
        deadLetters: [DeadLetter(item: "1.2.q", queue: "requests", reason: "it fell", attempts: 3)],
        counters: [
            Counter(name: "evaluated.error.too-long", value: 1), Counter(name: "graded.error", value: 4),
            Counter(name: "graded.error.too-long", value: 2), Counter(name: "graded.error.undecided", value: 2),
            Counter(name: "received.hello", value: 8), Counter(name: "refused.role", value: 2),
        ],
        policyVersion: 7,
        problemsInFlight: 11,
        progress: #"{"stage":"improve","round":1,"rounds":3,"update":4,"updates":9,"margin":0.25}"#,
        rollouts: 12, notices: ["The disk is nearly full."], policyLag: 2)

    @Test func `says where the run is, how far sampling is behind, and what the operator must know`() {
        let lines = StatusReport(status).text.split(separator: "\n")
        #expect(
            lines[0]
                == "run r1 · running · improve, round 1 of 3, update 4 of 9 · policy v7, sampled from 2 behind · 12 rollouts · 11 problems in flight"
        )
        #expect(lines[1] == "! The disk is nearly full.")
    }

    @Test func `lists services without operators, queues, dead letters and refusals`() {
        let text = StatusReport(status).text
        #expect(text.contains("sampler-1   sampler   h     0        4       2       0 ms ago  12%     99      11"))
        #expect(!text.contains("operator  "))
        #expect(text.contains("requests  5      4       3     1"))
        #expect(text.contains("  1.2.q of requests, 3 attempts: it fell"))
        #expect(text.contains("2 refused.role"))
        #expect(!text.contains("received.hello"))
        #expect(text.contains("gradings that failed since the hub's start: 3 too-long, 2 undecided"))
    }

    @Test func `stands any numbers that a worker says`() {
        let most = UInt64.max
        let workers = [
            WorkerStatus(name: "a", role: .sampler, host: "h", tokens: most, waitedMilliseconds: 1, upMilliseconds: 2),
            WorkerStatus(name: "b", role: .sampler, host: "h", tokens: 1, waitedMilliseconds: most, upMilliseconds: 1),
        ]
        let text = StatusReport(Status(run: "r1", state: "running", workers: workers)).text
        #expect(text.contains("18446744073709551615  18446744073709551616000"))
        #expect(text.contains("1844674407370955161600%  1"))
    }

    @Test func `says who waits for whom`() {
        let waits = StatusReport(status).waits
        #expect(waits.map(\.who) == ["learner-1", "verifier-1"])
        #expect(waits.map(\.what) == ["the outcomes", "rollouts of a sampler"])
        #expect(StatusReport(status).text.contains("learner-1 waits for the outcomes (3 s)"))
    }

    @Test func `is one object for programs`() {
        let json = StatusReport(status).json
        #expect(json["policy_lag"]?.json == "2")
        #expect(json["progress"]?["update"]?.json == "4")
        #expect(json["dead_letters"]?.json.contains(#""item":"1.2.q""#) == true)
        #expect(
            json["waits"]?.json.contains(#"{"who":"verifier-1","for":"rollouts of a sampler","milliseconds":0}"#)
                == true)
    }

    @Test func `names the roles that are still to come`() throws {
        let services = Status(workers: [
            WorkerStatus(name: "l", role: .learner), WorkerStatus(name: "s", role: .sampler),
        ])
        #expect(missingRoles(services, Recipe()) == "generator, verifier, advantage")
    }
}
