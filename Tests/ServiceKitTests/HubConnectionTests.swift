import Messaging
import Testing
import Wire

@testable import ServiceKit

@Suite(.timeLimit(.minutes(5))) struct `A connection to the hub` {
    // MARK: Coming and going

    @Test func `says who it is, and belongs to a run once it is welcome`() async throws {
        try await connected { hub, connection in
            let message = try await hub.next(.hello)
            let hello = try Hello(decoding: message.payload)
            #expect(message.envelope.run.isEmpty)
            #expect(message.envelope.sender == "verifier-1")
            #expect(hello.role == .verifier && hello.name == "verifier-1")
            #expect(hello.instance.hasPrefix("verifier-1-"))
            await hub.send(.welcome, Welcome(run: "run", hubIncarnation: "first", heartbeatMilliseconds: 20, seed: 5))
            #expect(try await connection.welcomed().seed == 5)
            #expect(try await hub.next(.heartbeat).envelope.run == "run")
        }
    }

    @Test func `ends its leases' streams and says goodbye when the hub stops it`() async throws {
        try await connected { hub, connection in
            try await hub.welcome()
            let leases = await connection.leases(of: .rollouts, capacity: 2)
            _ = try await hub.next(.credit)
            await hub.send(.stop, Stop(reason: "The run is finished."))
            for await lease in leases { Issue.record("lease \(lease.id) came after the stop") }
            await connection.finished()
            _ = try await hub.next(.goodbye)
            #expect(await connection.stopReason == "The run is finished.")
        }
    }

    @Test func `gives a hub up that never answers, and says who waited for whom`() async throws {
        let endpoint = try Endpoint("inproc://nobody")
        let connection = makeConnection(to: endpoint, goneAfter: .milliseconds(10))
        let error = await #expect(throws: ServiceError.self) { try await connection.run() }
        #expect(error?.code == .hubGone)
        #expect(error?.message.contains("verifier-1 waited") == true)
        #expect(error?.message.contains("inproc://nobody") == true)
        await #expect(throws: ServiceError.self) { try await connection.welcomed() }
    }

    @Test func `gives a hub up that falls silent, and with it what waits for an answer`() async throws {
        try await connected(goneAfter: .milliseconds(100)) { hub, connection in
            try await hub.welcome()
            _ = try await connection.welcomed()
            let completed = Task { try await connection.complete(Complete(leases: [1])) }
            let error = await #expect(throws: ServiceError.self) { try await completed.value }
            #expect(error?.code == .hubGone)
            await #expect(throws: ServiceError.self) { try await connection.complete(Complete(leases: [2])) }
        }
    }

    @Test func `ends with an error when the hub does not take its keys`() async throws {
        let hub = try ScriptedHub()
        let endpoint = try await hub.listen(at: Endpoint("tcp://127.0.0.1:0"))
        // This hub has no keys, so a connection that uses them does not fit.
        let keys = try KeyPair(secretKey: SecretKey(z85: "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"))
        let connection = makeConnection(
            to: endpoint, goneAfter: .seconds(10), curve: .client(server: keys.publicKey, own: keys))
        let error = await #expect(throws: ServiceError.self) { try await connection.run() }
        #expect(error?.code == .input)
        #expect(error?.message.contains("verifier-1") == true)
        await hub.close()
    }

    // MARK: A hub that comes back

    @Test func `sends again what was not answered, under the same id, to a hub that was started anew`() async throws {
        try await connected { hub, connection in
            try await hub.welcome("first")
            _ = try await connection.welcomed()
            let completed = Task { try await connection.complete(Complete(leases: [3])) }
            let first = try await hub.next(.complete)
            await hub.send(.heartbeat, Heartbeat(hubIncarnation: "second"))
            try await hub.welcome("second")
            let second = try await hub.next(.complete)
            #expect(second.envelope.id == first.envelope.id)
            #expect(second.payload == first.payload)
            #expect([first, second].map(\.envelope.attempt) == [1, 2])
            await hub.answer(second, .alreadyDone)
            try await completed.value
        }
    }

    @Test func `says hello again to a hub that does not know it, then sends again what was not answered`() async throws
    {
        try await connected { hub, connection in
            try await hub.welcome()
            _ = try await connection.welcomed()
            let completed = Task { try await connection.complete(Complete(leases: [3])) }
            let first = try await hub.next(.complete)
            await hub.answer(first, .unknownSession)
            try await hub.welcome()
            let second = try await hub.next(.complete)
            #expect(second.envelope.id == first.envelope.id)
            await hub.answer(second, .ok)
            try await completed.value
        }
    }

    @Test func `gives credit anew after a hello, less what it holds`() async throws {
        try await connected { hub, connection in
            try await hub.welcome()
            _ = try await connection.welcomed()
            let leases = await connection.leases(of: .rollouts, capacity: 4)
            #expect(try await hub.next(.credit, as: Credit.self) == Credit(queue: .rollouts, items: 4))
            await hub.lease(7)
            var iterator = leases.makeAsyncIterator()
            #expect(await iterator.next()?.id == 7)
            await hub.send(.heartbeat, Heartbeat(hubIncarnation: "second"))
            try await hub.welcome("second")
            #expect(try await hub.next(.credit, as: Credit.self).items == 0)
            #expect(try await hub.next(.credit, as: Credit.self).items == 3)
        }
    }

    // MARK: Work

    @Test func `gives credit for what it has ended`() async throws {
        try await connected { hub, connection in
            try await hub.welcome()
            _ = try await connection.welcomed()
            let leases = await connection.leases(of: .rollouts, capacity: 8)
            _ = try await hub.next(.credit)
            await hub.lease(1, 2)
            var iterator = leases.makeAsyncIterator()
            // Both are answered after both have come: to wait for the second would pass over credit for the first.
            var completions: [Task<Void, any Error>] = []
            var messages: [WireMessage] = []
            for id in [1, 2] as [UInt64] {
                #expect(await iterator.next()?.id == id)
                completions.append(Task { try await connection.complete(Complete(leases: [id])) })
                messages.append(try await hub.next(.complete))
            }
            for message in messages { await hub.answer(message, .ok) }
            for completion in completions { try await completion.value }
            var credit = 0
            while credit < 2 { credit += try await hub.next(.credit, as: Credit.self).items }
            #expect(credit == 2)
            #expect(await connection.held(of: .rollouts).isEmpty)
        }
    }

    @Test func `takes its credit back and ends the stream when a queue is withdrawn`() async throws {
        try await connected { hub, connection in
            try await hub.welcome()
            _ = try await connection.welcomed()
            let leases = await connection.leases(of: .rollouts, capacity: 4)
            _ = try await hub.next(.credit)
            await connection.withdraw(.rollouts)
            #expect(try await hub.next(.credit, as: Credit.self) == Credit(queue: .rollouts, items: 0))
            for await lease in leases { Issue.record("lease \(lease.id) came after the withdrawal") }
        }
    }

    @Test func `gives back at once what comes after its queue was withdrawn`() async throws {
        try await connected { hub, connection in
            try await hub.welcome()
            _ = try await connection.welcomed()
            _ = await connection.leases(of: .rollouts, capacity: 4)
            await connection.withdraw(.rollouts)
            await hub.lease(5, 6)
            #expect(try await hub.next(.release, as: Release.self).leases == [5, 6])
            #expect(await connection.held(of: .rollouts).isEmpty)
        }
    }

    @Test func `tells in each heartbeat what it holds and what it waits for`() async throws {
        try await connected { hub, connection in
            try await hub.welcome()
            _ = try await connection.welcomed()
            var leases = await connection.leases(of: .rollouts, capacity: 4).makeAsyncIterator()
            await connection.note(waitingFor: "rollouts")
            await connection.note(tokens: 42)
            await connection.note(progress: "{}")
            _ = try await hub.next(.credit)
            await hub.lease(8, 7)
            _ = await leases.next()
            // A heartbeat that was under way may still be without them.
            var heartbeat = Heartbeat()
            while heartbeat.leases.isEmpty { heartbeat = try await hub.next(.heartbeat, as: Heartbeat.self) }
            #expect(heartbeat.leases == [7, 8])
            #expect(heartbeat.waitingFor == "rollouts")
            #expect(heartbeat.tokens == 42)
            #expect(heartbeat.progress == "{}")
            let released = Task { try await connection.release([8]) }
            await hub.answer(try await hub.next(.release), .ok)
            try await released.value
            await connection.note(waitingFor: nil)
            while heartbeat.leases.count > 1 || !heartbeat.waitingFor.isEmpty {
                heartbeat = try await hub.next(.heartbeat, as: Heartbeat.self)
            }
            #expect(heartbeat.leases == [7])
            #expect(heartbeat.waitedMilliseconds > 0 && heartbeat.waitedMilliseconds <= heartbeat.upMilliseconds)
            let waited = heartbeat.waitedMilliseconds
            let before = heartbeat.upMilliseconds
            while heartbeat.upMilliseconds == before { heartbeat = try await hub.next(.heartbeat, as: Heartbeat.self) }
            #expect(heartbeat.waitedMilliseconds == waited, "it holds a lease and waits for nothing")
        }
    }

    @Test func `learns from the hub's heartbeat how many samplers are wanted`() async throws {
        try await connected { hub, connection in
            try await hub.welcome()
            _ = try await connection.welcomed()
            _ = try await hub.next(.heartbeat)
            await hub.send(.heartbeat, Heartbeat(hubIncarnation: "first", wantedSamplers: 3))
            // Messages are taken in order: when this one is answered, the heartbeat was taken.
            async let status = connection.status()
            await hub.send(.status, Status(run: "run"), because: try await hub.next(.statusRequest).envelope.id)
            #expect(try await status.run == "run")
            #expect(await connection.wantedSamplers == 3)
        }
    }

    // MARK: Refusals

    @Test func `fails a lease whose completion the hub refused, because the lease lives on`() async throws {
        try await connected { hub, connection in
            try await hub.welcome()
            _ = try await connection.welcomed()
            let completed = Task { try await connection.complete(Complete(leases: [6])) }
            await hub.answer(try await hub.next(.complete), .refused, reasonCode: "slots", reason: "Slot 0 is open.")
            let message = try await hub.next(.fail)
            #expect(try Fail(decoding: message.payload) == Fail(lease: 6, reason: "Slot 0 is open.", retriable: true))
            await hub.answer(message, .ok)
            let error = await #expect(throws: ServiceError.self) { try await completed.value }
            #expect(error?.code == .refused)
            #expect(error?.reasonCode == "slots")
        }
    }

    @Test(arguments: ["lease-expired", "not-yours", "unknown-lease"])
    func `leaves a lease alone that has ended without it`(reasonCode: String) async throws {
        try await connected { hub, connection in
            try await hub.welcome()
            _ = try await connection.welcomed()
            let completed = Task { try await connection.complete(Complete(leases: [6])) }
            await hub.answer(try await hub.next(.complete), .refused, reasonCode: reasonCode, reason: "It is over.")
            await #expect(throws: ServiceError.self) { try await completed.value }
            #expect(await connection.pending.isEmpty)
        }
    }
}
