@testable import HubCore
import HubSimulation
import Ledger
import Testing
import Wire

@Suite struct `Entrance` {
    @Test func `orders wait while too many problems are in flight`() throws {
        let bench = try Bench(orders: 3, problems: 2) { $0.problemsInFlight = 4 }
        try bench.drive(.stages)
        let generator = try bench.join(.generator)
        let leases = try generator.lease(.orders, 3)
        #expect(leases.count == 2, "Leased orders count by their problems.")
        for lease in leases { try generator.complete(lease) }
        #expect(bench.exchange.problemsInFlight == 4)
        // The third waits until two problems have ended; continuations are not held back.
        try bench.drive(.requests, .rollouts, .groups)
        #expect(bench.exchange.problemsInFlight == 0)
        try bench.process([])
        #expect(try generator.arrived().count == 1)
    }

    @Test func `an order larger than the bound is admitted alone`() throws {
        let bench = try Bench(orders: 2, problems: 2) { $0.problemsInFlight = 1 }
        try bench.drive(.stages)
        let generator = try bench.join(.generator)
        #expect(try generator.lease(.orders, 2).count == 1)
    }

    @Test func `a nearly full disk admits no new problems, and says so`() throws {
        let bench = try Bench { $0.attempts = 2 }
        try bench.drive(.stages)
        let generator = try bench.join(.generator)
        try generator.fail(try generator.leaseOne(.orders))
        bench.exchange.noteFreeSpace(bytes: 1 << 30)
        try bench.process([])
        #expect(bench.exchange.notices.contains { $0.contains("1024 MB") })
        #expect(try generator.lease(.orders, 2).isEmpty, "Not even the order that failed before.")
        #expect(try generator.status().notices.count == 1)
        bench.exchange.noteFreeSpace(bytes: 3 << 30)
        try bench.process([])
        #expect(try generator.arrived().count == 1)
    }

    @Test func `continuations are leased before fresh problems`() throws {
        let bench = try Bench(problems: 4)
        try bench.drive(.stages, .orders)
        let sampler = try bench.join(.sampler)
        // Enough problems sampled that the script asks for continuations of one.
        for _ in 0..<4 { try sampler.complete(try sampler.leaseOne(.requests)) }
        try bench.drive(.rollouts)
        let advantage = try bench.join(.advantage)
        for lease in try advantage.lease(.groups, 4) { try advantage.complete(lease) }
        let continuations = try bench.hub.ledger.transaction { ledger in
            try ledger.readyItems().count { $0.queue == .requests && $0.priority == 0 }
        }
        try #require(continuations > 0 && bench.counts(.requests).ready > continuations)
        let leases = try sampler.lease(.requests, continuations + 1)
        let prefixes = try leases.map { try Request(decoding: $0.item.body).prefixRollout.isEmpty }
        #expect(prefixes == Array(repeating: false, count: continuations) + [true])
    }

    @Test func `work is dealt in turn`() throws {
        let bench = try Bench(problems: 4)
        try bench.drive(.stages, .orders)
        let samplers = try (0..<2).map { try bench.join(.sampler, "sampler-\($0)") }
        try bench.process(
            samplers.map { sampler in
                let envelope = Envelope(
                    major: WireVersion.major, type: .credit, run: "run-1", id: "c", sender: sampler.name)
                let credit = Credit(queue: .requests, items: 4)
                return Inbound(
                    peer: sampler.address, provenRole: nil,
                    frames: WireMessage(envelope: envelope, payload: credit.encoded()).frames)
            })
        let shares = try samplers.map { try $0.arrived().count }
        #expect(shares == [4, 4])
    }
}
