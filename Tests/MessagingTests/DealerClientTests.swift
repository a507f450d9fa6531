import Messaging
import Testing

@Suite(.timeLimit(.minutes(5))) struct `Dealer client` {
    /// A client whose server is not there, so that two messages fill its mark.
    private func stuckClient() async throws -> DealerClient {
        var link = try Link(.ipc)
        link.client.socket.sendHighWaterMark = 2
        link.client.socket.linger = .zero
        let client = try link.makeClient()
        try await client.connect(to: link.endpoint)
        try await client.send(["1"])
        try await client.send(["2"])
        return client
    }

    @Test func `a send that waits at the high-water mark can be cancelled, and closing ends the others`() async throws {
        let client = try await stuckClient()
        let cancelled = Task { try await client.send(["3"]) }
        let waiting = Task { try await client.send(["4"]) }
        cancelled.cancel()
        let cancellation = await #expect(throws: MessagingError.self) { try await cancelled.value }
        #expect(cancellation?.code == .cancelled)
        await client.close()
        let closure = await #expect(throws: MessagingError.self) { try await waiting.value }
        #expect(closure?.code == .closed)
    }

    @Test func `sends that wait leave in order once the server is there`() async throws {
        var link = try Link(.ipc)
        link.client.socket.sendHighWaterMark = 2
        link.client.socket.firstReconnect = .milliseconds(10)
        link.client.socket.longestReconnect = .milliseconds(10)
        let client = try link.makeClient()
        try await client.connect(to: link.endpoint)
        let sending = Task { for number in 0..<20 { try await client.send([Frame("\(number)")]) } }
        let server = try link.makeServer()
        _ = try await server.bind(to: link.endpoint)
        var received: [String] = []
        for await message in client.messages {
            received.append(message[0].text)
            if received.count == 20 { break }
        }
        try await sending.value
        #expect(received == (0..<20).map { "\($0)" })
        await client.close()
        await server.close()
    }

    @Test func `cancelling the consumer ends its wait and keeps the client`() async throws {
        let link = try Link(.inproc)
        let server = try link.makeServer()
        let client = try link.makeClient()
        try await client.connect(to: server.bind(to: link.endpoint))
        let consumer = Task { await client.receiveBatch() }
        consumer.cancel()
        #expect(await consumer.value == [])
        try await client.send(["still here"])
        #expect(await client.receiveBatch() == [["still here"]])
        await client.close()
        await server.close()
    }

    @Test func `the connection's life is told`() async throws {
        var link = try Link(.tcp)
        link.client.socket.longestReconnect = .milliseconds(10)
        let server = try link.makeServer()
        let endpoint = try await server.bind(to: link.endpoint)
        let client = try link.makeClient()
        try await client.connect(to: endpoint)
        var kinds: [ConnectionEvent.Kind] = []
        for await event in client.events {
            #expect(event.peer == endpoint.description)
            kinds.append(event.kind)
            if event.kind == .ready { await server.close() }
            if event.kind == .disconnected { break }
        }
        #expect(kinds == [.connected, .ready, .disconnected])
        await client.close()
    }

    @Test func `a client that is dropped lets go of its connection`() async throws {
        let link = try Link(.tcp)
        let server = try link.makeServer()
        let endpoint = try await server.bind(to: link.endpoint)
        // The thread lives on, so that it is not its end that closes the socket.
        let thread = try SocketThread(name: "shared")
        do {
            let client = try link.makeClient(on: thread)
            try await client.connect(to: endpoint)
            try await client.send(["hello"])
            #expect(await client.receiveBatch() == [["hello"]])
        }
        for await event in server.events {
            if case .connection(let connection) = event, connection.kind == .disconnected { break }
        }
        withExtendedLifetime(thread) {}
        await server.close()
    }
}
