import Messaging
import Testing

@Suite(.timeLimit(.minutes(5))) struct `Tap` {
    private func waitForReaders(_ server: EchoServer) async throws {
        while try await !server.withServer({ $0.tapHasReaders }) { await Task.yield() }
    }

    @Test(arguments: Transport.allCases)
    func `a reader gets what it subscribed to`(transport: Transport) async throws {
        let link = try Link(transport)
        let server = try link.makeServer()
        let endpoint = try await server.bindTap(to: link.endpoint)
        try await server.withServer { server in
            #expect(!server.tapHasReaders)
            server.publish(topic: "rollouts", ["too early"])
        }
        let reader = try TapReader(
            on: SocketThread(name: "reader"), context: link.context, configuration: link.client)
        try await reader.connect(to: endpoint, prefixes: ["roll"])
        try await waitForReaders(server)
        try await server.withServer { server in
            server.publish(topic: "requests", ["not wanted"])
            server.publish(topic: "rollouts", ["wanted"])
        }
        var messages = reader.messages.makeAsyncIterator()
        let message = await messages.next()
        #expect(message?.topic == "rollouts")
        #expect(message?.frames == ["wanted"])
        #expect(await reader.missedCount == 0)
        await reader.close()
        #expect(await messages.next() == nil)
        while try await server.withServer({ $0.tapHasReaders }) { await Task.yield() }
        await server.close()
    }

    @Test func `a reader that does not read holds nobody up, and the others miss nothing`() async throws {
        var link = try Link(.inproc)
        link.server.socket.sendHighWaterMark = 5
        let server = try link.makeServer()
        let endpoint = try await server.bindTap(to: link.endpoint)
        let reader = try TapReader(on: SocketThread(name: "reader"))
        try await reader.connect(to: endpoint, prefixes: ["step"])
        try await waitForReaders(server)
        let stuck = try SocketOwner()
        var options = SocketOptions()
        options.receiveHighWaterMark = 5
        try await stuck.open(.sub, options: options)
        try await stuck.withSocket { socket in
            try socket.subscribe(to: "")
            try socket.connect(to: endpoint)
        }
        // One at a time, so that the reader that reads is never behind. The other takes one, which shows that it has
        // subscribed, and from then on none.
        var messages = reader.messages.makeAsyncIterator()
        var stuckHasOne = false
        while !stuckHasOne {
            try await server.withServer { $0.publish(topic: "step", ["until both read"]) }
            #expect(await messages.next()?.frames == ["until both read"])
            stuckHasOne = try await stuck.receivesMessage()
        }
        for number in 0..<50 {
            try await server.withServer { $0.publish(topic: "step", [Frame("\(number)"), "second frame"]) }
            #expect(await messages.next()?.frames == [Frame("\(number)"), "second frame"])
        }
        #expect(await reader.missedCount == 0)
        // The stuck one holds at most 5 + 5 of the 50 (libzmq gives room back in steps, so for the one it took there may
        // be none yet); the rest was dropped for it alone.
        var held = 0
        while try await stuck.receivesMessage() { held += 1 }
        #expect((5...10).contains(held), "\(held)")
        await reader.close()
        try await stuck.withSocket { $0.close() }
        await server.close()
    }

    @Test func `a consumer that is behind misses the newest and counts every one`() async throws {
        var link = try Link(.inproc)
        link.client.inboxLimit = 3
        link.client.socket.receiveHighWaterMark = 4
        link.server.socket.sendHighWaterMark = 4
        let server = try link.makeServer()
        let reader = try TapReader(on: SocketThread(name: "reader"), configuration: link.client)
        try await reader.connect(to: server.bindTap(to: link.endpoint), prefixes: [""])
        try await waitForReaders(server)
        // In one turn, so that the marks (4 + 4) and then the inbox (3) overflow.
        try await server.withServer { server in
            for number in 0..<100 { server.publish(topic: "step", [Frame("\(number)")]) }
        }
        // The next that arrives shows what was missed before it; each is missed itself, the inbox being full.
        var published: UInt64 = 100
        while await reader.missedCount != published - 3 {
            try await server.withServer { $0.publish(topic: "step", ["later"]) }
            published += 1
            for _ in 0..<1000 where await reader.missedCount != published - 3 { await Task.yield() }
        }
        var messages = reader.messages.makeAsyncIterator()
        for number in 0..<3 { #expect(await messages.next()?.frames == [Frame("\(number)")]) }
        await reader.close()
        #expect(await messages.next() == nil)
        await server.close()
    }
}
