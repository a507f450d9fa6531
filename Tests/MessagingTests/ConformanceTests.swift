import Messaging
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Router server and dealer client, over every transport` {
    @Test(arguments: Transport.allCases)
    func `a thousand messages come back, once and in order`(transport: Transport) async throws {
        let server = try EchoServer()
        let endpoint = try await server.bind(to: transport.freshEndpoint())
        let client = try DealerClient(on: SocketThread(name: "client"))
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
        let server = try EchoServer()
        let endpoint = try await server.bind(to: transport.freshEndpoint())
        let client = try DealerClient(on: SocketThread(name: "client"))
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
        let server = try EchoServer()
        let endpoint = try await server.bind(to: transport.freshEndpoint())
        let thread = try SocketThread(name: "clients")
        let clients = (0..<20).map { _ in DealerClient(on: thread) }
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
}
