import Messaging
import Testing

@Suite(.timeLimit(.minutes(5))) struct `Router server and dealer client, over every transport` {
    @Test(arguments: Transport.allCases)
    func `a thousand messages come back, once and in order`(transport: Transport) async throws {
        let link = try Link(transport)
        let server = try link.makeServer()
        let endpoint = try await server.bind(to: link.endpoint)
        let client = try link.makeClient()
        try await client.connect(to: endpoint)
        async let sending: Void = {
            for number in 0..<1000 { try await client.send([Frame("envelope"), Frame("\(number)")]) }
        }()
        var received: [String] = []
        for await message in client.messages {
            #expect(message.first == "envelope")
            received.append(message[1].text)
            if received.count == 1000 { break }
        }
        try await sending
        #expect(received == (0..<1000).map { "\($0)" })
        await client.close()
        await server.close()
    }

    @Test(arguments: Transport.allCases)
    func `a message of many large frames arrives whole`(transport: Transport) async throws {
        let link = try Link(transport)
        let server = try link.makeServer()
        let endpoint = try await server.bind(to: link.endpoint)
        let client = try link.makeClient()
        try await client.connect(to: endpoint)
        // Sizes on both sides of what libzmq keeps inside a message, of what is copied, and of a network packet.
        let frames = [0, 1, 29, 33, 34, 256, 257, 65_536, 3_000_001].map { count in
            Frame((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ count) })
        }
        try await client.send(frames)
        let answer = await client.receiveBatch()
        #expect(answer == [frames])
        await client.close()
        await server.close()
    }

    @Test(arguments: Transport.allCases)
    func `peers that share one client thread each get their own answers`(transport: Transport) async throws {
        let link = try Link(transport)
        let server = try link.makeServer()
        let endpoint = try await server.bind(to: link.endpoint)
        let thread = try SocketThread(name: "clients")
        let clients = try (0..<20).map { _ in try link.makeClient(on: thread) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, client) in clients.enumerated() {
                group.addTask {
                    try await client.connect(to: endpoint)
                    for turn in 0..<20 {
                        try await client.send([Frame("\(index).\(turn)")])
                        #expect(await client.receiveBatch() == [[Frame("\(index).\(turn)")]])
                    }
                    await client.close()
                }
            }
            try await group.waitForAll()
        }
        await server.close()
    }

    @Test(arguments: Transport.allCases)
    func `a server that comes back at the same place is found again`(transport: Transport) async throws {
        var link = try Link(transport)
        link.client.socket.firstReconnect = .milliseconds(10)
        let first = try link.makeServer()
        let endpoint = try await first.bind(to: link.endpoint)
        let client = try link.makeClient()
        try await client.connect(to: endpoint)
        try await client.send(["before"])
        #expect(await client.receiveBatch() == [["before"]])
        await first.close()
        // An inproc client is joined to one server for good.
        guard transport != .inproc else { return await client.close() }
        for await event in client.events where event.kind == .disconnected { break }
        let second = try link.makeServer()
        #expect(try await second.bind(to: endpoint) == endpoint)
        try await client.send(["after"])
        #expect(await client.receiveBatch() == [["after"]])
        await client.close()
        await second.close()
    }

    @Test(arguments: Transport.allCases)
    func `closing is complete when it returns`(transport: Transport) async throws {
        let link = try Link(transport)
        for _ in 0..<5 {
            // Binding the very same place succeeds only if the server before has let go of it.
            let server = try link.makeServer()
            let endpoint = try await server.bind(to: link.endpoint)
            let client = try link.makeClient()
            try await client.connect(to: endpoint)
            try await client.send(["ping"])
            #expect(await client.receiveBatch() == [["ping"]])
            await client.close()
            await server.close()
            #expect(await client.receiveBatch() == [])
            await #expect(throws: MessagingError.self) { try await client.send(["late"]) }
        }
    }

    @Test(arguments: Transport.allCases)
    func `a slow consumer loses nothing, however small its inbox and the marks`(transport: Transport) async throws {
        var link = try Link(transport)
        link.client.inboxLimit = 2
        link.client.socket.receiveHighWaterMark = 1
        link.server.socket.sendHighWaterMark = 1
        let server = try link.makeServer()
        let endpoint = try await server.bind(to: link.endpoint)
        let client = try link.makeClient()
        try await client.connect(to: endpoint)
        try await client.send(["hello"])
        #expect(await client.receiveBatch() == [["hello"]])
        let peer = try #require(await server.peers.first)
        // Far more than the marks, the inbox and the kernel's buffers hold, so that most wait in the outbox.
        let filling = Frame([UInt8](repeating: 7, count: 20_000))
        let results = try await server.withServer { server in
            (0..<500).map { server.send([Frame("\($0)"), filling], to: peer) }
        }
        #expect(results.contains(.queued))
        var received: [String] = []
        for await message in client.messages {
            received.append(message[0].text)
            if received.count == 500 { break }
        }
        #expect(received == (0..<500).map { "\($0)" })
        #expect(try await server.withServer { $0.waitingMessageCount } == 0)
        await client.close()
        await server.close()
    }
}
