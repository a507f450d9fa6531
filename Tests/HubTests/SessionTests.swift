@testable import HubCore
import HubSimulation
import Testing
import Wire

@Suite struct `Sessions` {
    @Test func `a peer that has not said hello is told so`() throws {
        let bench = try Bench()
        let stranger = BenchPeer(bench, .sampler, name: "sampler-0", instance: "s")
        #expect(try stranger.ask(.credit, Credit(queue: .requests, items: 1).encoded()).code == .unknownSession)
        #expect(try stranger.ask(.heartbeat, Heartbeat().encoded()).code == .unknownSession)
    }

    @Test func `a peer that was given up is told so and may come back`() throws {
        let (bench, sampler) = try `Completion`.sampling()
        let lease = try sampler.leaseOne(.requests)
        try bench.pass(10_000)
        #expect(try sampler.ask(.complete, try bench.script.complete(lease).encoded()).code == .unknownSession)
        #expect(try sampler.hello().map(\.envelope.type) == [.welcome])
        #expect(try sampler.leaseOne(.requests).item.id == lease.item.id)
    }

    @Test func `a new start under an old name takes its place`() throws {
        let (bench, sampler) = try `Completion`.sampling()
        let lease = try sampler.leaseOne(.requests)
        let next = try bench.join(.sampler, "sampler-0", instance: "sampler-0-2")
        #expect(bench.counts(.requests).leased == 0)
        #expect(try next.leaseOne(.requests).item.id == lease.item.id)
        #expect(try sampler.ask(.heartbeat, Heartbeat().encoded()).code == .unknownSession)
    }

    @Test func `an older start does not take the name back while the newer one lives`() throws {
        let (bench, sampler) = try `Completion`.sampling()
        let next = try bench.join(.sampler, "sampler-0", instance: "sampler-0-2")
        _ = try next.leaseOne(.requests)
        expectRefused(
            try sampler.ask(.hello, Hello(role: .sampler, name: "sampler-0", instance: "sampler-0-1").encoded()),
            "superseded")
        #expect(bench.counts(.requests).leased == 1)
        try next.say(.goodbye)
        #expect(try sampler.hello().map(\.envelope.type) == [.welcome])
    }

    @Test func `a name belongs to one role, and an instance to one name`() throws {
        let bench = try Bench()
        let sampler = try bench.join(.sampler)
        for hello in [
            Hello(role: .verifier, name: "sampler-0", instance: "other"),
            Hello(role: .verifier, name: "sampler-0", instance: sampler.instance),
            Hello(role: .sampler, name: "sampler-9", instance: sampler.instance),
        ] {
            let peer = BenchPeer(bench, hello.role, name: hello.name, instance: hello.instance)
            peer.address = [1]
            expectRefused(try peer.ask(.hello, hello.encoded()), "superseded")
        }
        #expect(bench.exchange.sessions.count == 1)
        for hello in [
            Hello(role: .unspecified, name: "a", instance: "b"), Hello(role: .sampler, name: "a b", instance: "b"),
            Hello(role: .sampler, name: "a", instance: ""),
        ] {
            expectRefused(try sampler.ask(.hello, hello.encoded()), "identifier")
        }
    }

    @Test func `hello again on the same or another connection keeps the leases and asks for credit anew`() throws {
        let (bench, sampler) = try `Completion`.sampling()
        let lease = try sampler.leaseOne(.requests)
        for address: [UInt8] in [sampler.address, [1], [2]] {
            sampler.address = address
            #expect(try sampler.hello().map(\.envelope.type) == [.welcome])
            #expect(bench.exchange.sessions.count == 1 && bench.counts(.requests).leased == 1)
        }
        #expect(try sampler.complete(lease).code == .ok)
    }

    @Test func `a connection speaks for one worker`() throws {
        let (bench, sampler) = try `Completion`.sampling()
        _ = try sampler.leaseOne(.requests)
        let other = BenchPeer(bench, .sampler, name: "sampler-1", instance: "sampler-1-1")
        other.address = sampler.address
        try other.hello()
        #expect(bench.counts(.requests).leased == 0, "What the first held is taken back.")
        try bench.pass(20_000, heard: other)
        #expect(try other.leaseOne(.requests).attempt == 2)
    }

    @Test func `a key proves a role`() throws {
        let bench = try Bench()
        let hello = Hello(role: .learner, name: "l", instance: "l-1")
        let envelope = Envelope(major: WireVersion.major, type: .hello, id: "1", sender: "l")
        let frames = WireMessage(envelope: envelope, payload: hello.encoded()).frames
        let out = try bench.hub.process([Inbound(peer: [1], provenRole: .sampler, frames: frames)])
        expectRefused(try Answer(decoding: out[0].message.payload), "role")
        #expect(bench.exchange.sessions.isEmpty)
    }

    @Test func `messages of another run, malformed ones and the hub's own are refused`() throws {
        let bench = try Bench()
        let sampler = try bench.join(.sampler)
        sampler.run = "run-2"
        expectRefused(try sampler.ask(.heartbeat, Heartbeat().encoded()), "run")
        sampler.run = ""
        expectRefused(try sampler.ask(.heartbeat, Heartbeat().encoded()), "run")
        sampler.run = "run-1"
        expectRefused(try sampler.ask(.complete, [0xff]), "malformed")
        for type: MessageType in [.welcome, .stop, .work, .answer, .blobChunk, .status] {
            expectRefused(try sampler.ask(type), "role")
        }
        try bench.process([Inbound(peer: [1], provenRole: nil, frames: [[1, 2, 3]])])
        #expect(bench.exchange.counters["refused.frame-count"] == 1)
    }

    @Test func `a huge credit is no harm`() throws {
        let bench = try Bench()
        let learner = try bench.join(.learner)
        for _ in 0..<3 {
            try learner.credit(.experience, 4_294_967_295)
            try learner.credit(.stages, 4_294_967_295)
        }
        #expect(try learner.status().workers.count == 1)
    }

    @Test func `a finished run tells all peers to stop, also those that come later and after a restart`() throws {
        let bench = try Bench(orders: 1, problems: 1)
        let watcher = try bench.join(.verifier, "watcher")
        try bench.drive(.stages, .orders, .requests, .rollouts, .groups)
        #expect(bench.exchange.state == .finished)
        #expect(bench.takeInbox(watcher.address).map(\.envelope.type) == [.stop])
        // Again to one that is still heard: it may have missed it.
        let again = try watcher.say(.heartbeat, Heartbeat().encoded()).map(\.envelope.type)
        #expect(again == [.heartbeat, .stop])
        #expect(try bench.join(.sampler, "late").hello().map(\.envelope.type) == [.welcome, .stop])
        try bench.hub.restart()
        #expect(bench.exchange.state == .finished)
        #expect(try bench.join(.sampler, "later").hello().map(\.envelope.type) == [.welcome, .stop])
        #expect(!bench.exchange.mayEnd(at: bench.hub.now))
    }

    @Test func `a run whose decision point is a dead letter ends and says so`() throws {
        let bench = try Bench()
        let learner = try bench.join(.learner)
        try learner.fail(try learner.leaseOne(.stages), retriable: false)
        #expect(bench.exchange.state == .finished)
        let stop = try #require(learner.received.last { $0.envelope.type == .stop })
        #expect(try Stop(decoding: stop.payload).reason.contains("it broke"))
    }

    @Test func `an operator's stop hands out nothing more, takes what is done, and does not outlive the hub`() throws {
        let (bench, sampler) = try `Completion`.sampling()
        let lease = try sampler.leaseOne(.requests)
        #expect(try bench.join(.operator).ask(.command, Command(kind: .stopRun).encoded()).code == .ok)
        #expect(try sampler.lease(.requests).isEmpty)
        #expect(try sampler.complete(lease).code == .ok)
        #expect(!bench.exchange.mayEnd(at: bench.hub.now))
        try bench.pass(Int64(bench.hub.settings.stopMilliseconds), heard: sampler)
        #expect(bench.exchange.mayEnd(at: bench.hub.now))
        try bench.hub.restart()
        #expect(bench.exchange.state == .running)
    }

    @Test func `after a restart live leases get one more lease period`() throws {
        let (bench, sampler) = try `Completion`.sampling()
        let lease = try sampler.leaseOne(.requests)
        try bench.pass(9_000)
        try bench.hub.restart()
        try bench.pass(9_000)
        #expect(bench.counts(.requests).leased == 1)
        try sampler.hello()
        #expect(try sampler.complete(lease).code == .ok)
    }

    @Test(arguments: [true, false])
    func `a worker that goes down with the hub says nothing of what it held`(isReplaced: Bool) throws {
        let (bench, sampler) = try `Completion`.sampling()
        let lease = try sampler.leaseOne(.requests)
        try bench.hub.restart()
        // A new start under the old name, or a silence that lasts.
        let next = try bench.join(.sampler, isReplaced ? "sampler-0" : "other", instance: "the-next")
        if !isReplaced { try bench.pass(Int64(bench.hub.settings.leaseMilliseconds), heard: next) }
        let again = try next.leaseOne(.requests)
        #expect(again.item.id == lease.item.id && again.attempt == 1 && again.id != lease.id)
    }

    @Test func `commands are the operator's, and must make sense`() throws {
        let bench = try Bench()
        let boss = try bench.join(.operator)
        expectRefused(try boss.ask(.command, Command(kind: .unspecified).encoded()), "command")
        expectRefused(try boss.ask(.command, Command(kind: .scaleSamplers, count: 0).encoded()), "command")
        #expect(try boss.ask(.command, Command(kind: .scaleSamplers, count: 4).encoded()).code == .ok)
        expectRefused(try bench.join(.sampler).ask(.command, Command(kind: .stopRun).encoded()), "role")
        try bench.hub.restart()
        #expect(try bench.join(.operator, "boss-2").status().wantedSamplers == 4)
    }
}
