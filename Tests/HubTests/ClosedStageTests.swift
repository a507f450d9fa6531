import Blobs
import HubCore
import HubSimulation
import Ledger
import Testing
import Wire

@Suite struct `Items of closed stages` {
    /// A run of two stages whose first is closed, and the completion of its second stage's first order, not sent yet.
    private static func closed(keepsPayloads: Bool) throws -> (bench: Bench, generator: BenchPeer, complete: Complete) {
        let bench = try Bench(stages: [(.preference, 1), (.preference, 1)], orders: 1, problems: 1) {
            $0.keepsPayloads = keepsPayloads
        }
        while bench.counts(.stages).done < 3 {
            try bench.drive(.stages)
            guard bench.counts(.stages).done < 3 else { break }
            try bench.drive(.orders, .requests, .rollouts, .groups)
        }
        while try bench.exchange.writeSegment() {}
        let generator = try bench.join(.generator)
        return (bench, generator, try bench.script.complete(try generator.leaseOne(.orders)))
    }

    /// What a sampler gets that leases a request which refers to a request of the closed stage.
    private static func lease(keepsPayloads: Bool) throws -> (bench: Bench, lease: Lease?) {
        var (bench, generator, complete) = try closed(keepsPayloads: keepsPayloads)
        for index in complete.items.indices where complete.items[index].item.queue == .requests {
            complete.items[index].item.refersTo.append("0.0.o0.p0.q")
        }
        #expect(try generator.complete(complete).code == .ok)
        return (bench, try bench.join(.sampler).lease(.requests).first)
    }

    @Test func `are attached to those that refer to them`() throws {
        let (bench, lease) = try Self.lease(keepsPayloads: true)
        let attachment = try #require(lease?.attachments.last)
        #expect(attachment.item == "0.0.o0.p0.q")
        #expect(try Request(decoding: attachment.body).sampling.rollouts == SimulatedRecipe().rollouts)
        let report = try Audit.report(ledger: bench.hub.ledgerPath, blobs: bench.hub.blobs.directory)
        #expect(Set(report.findings.map(\.check)) == ["experience"], "Nobody trains here: \(report.text)")
    }

    @Test func `make a dead letter of one that refers to them if they were dropped`() throws {
        let (bench, lease) = try Self.lease(keepsPayloads: false)
        #expect(lease == nil && bench.counts(.requests).dead == 1)
        #expect(bench.exchange.notices.contains { $0.contains("0.0.o0.p0.q") && $0.contains("hub.keep_payloads") })
    }

    @Test func `stay in the ledger while they are live`() throws {
        let (bench, _, _) = try Self.closed(keepsPayloads: false)
        // Nobody has trained on the first stage's experience.
        let waiting = bench.counts(.experience).ready
        let learner = try bench.join(.learner)
        let leased = try learner.lease(.experience, 100)
        #expect(leased.count == waiting)
        for lease in leased { #expect(try Experience(decoding: lease.item.body).kind == .preferencePair) }
    }

    @Test func `are moved once, and then there is nothing to do`() throws {
        let (bench, _, _) = try Self.closed(keepsPayloads: true)
        #expect(try !bench.exchange.writeSegment())
        try bench.hub.restart()
        #expect(try !bench.exchange.writeSegment())
    }
}
