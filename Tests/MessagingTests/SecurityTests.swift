import Messaging
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct `CURVE connections` {
    /// What the two ends said about one connection that failed.
    private func failures(client curve: CurveOptions?) async throws -> (server: RouterEvent, client: ConnectionEvent) {
        var link = try Link(.curve)
        link.client.socket.curve = curve
        link.client.socket.firstReconnect = .milliseconds(10)
        let server = try link.makeServer()
        let endpoint = try await server.bind(to: link.endpoint)
        let client = try link.makeClient()
        try await client.connect(to: endpoint)
        // Refused at once, it may be closed already.
        try? await client.send(["let me in"])
        var clientEvents = client.events.makeAsyncIterator()
        var clientEvent = await clientEvents.next()
        while case .some(let event) = clientEvent {
            if case .handshakeFailed = event.kind { break }
            clientEvent = await clientEvents.next()
        }
        var serverEvents = server.events.makeAsyncIterator()
        var serverEvent = await serverEvents.next()
        search: while let event = serverEvent {
            switch event {
            case .refusedKey: break search
            case .connection(let connection):
                if case .handshakeFailed = connection.kind { break search }
            default: break
            }
            serverEvent = await serverEvents.next()
        }
        await client.close()
        #expect(await server.batchSizes == [], "no message may pass")
        await server.close()
        return (try #require(serverEvent), try #require(clientEvent))
    }

    @Test func `a key that is not on the allow-list is refused, and both ends say so`() async throws {
        let (server, client) = try await failures(
            client: .client(server: Keys.hub.publicKey, own: Keys.stranger))
        guard case .refusedKey(let refused) = server else { return #expect(Bool(false), "\(server)") }
        #expect(refused.address == "127.0.0.1")
        #expect(refused.publicKey == Keys.stranger.publicKey)
        #expect(refused.reason.contains("allow-list"))
        #expect(client.description.contains("refused this key (status 400)"), "\(client)")
        #expect(client.peer.hasPrefix("tcp://127.0.0.1:"))
    }

    @Test func `a peer without keys is refused, and both ends say so`() async throws {
        let (server, client) = try await failures(client: nil)
        #expect("\(server)".contains("one end uses CURVE keys and the other does not"), "\(server)")
        guard case .connection(let event) = server else { return #expect(Bool(false), "\(server)") }
        // Its own address if it was still connected when the server looked, this end's otherwise.
        let unknown = "an unknown peer of tcp://127.0.0.1:"
        #expect(event.peer.hasPrefix("127.0.0.1:") || event.peer.hasPrefix(unknown), "\(event)")
        #expect(client.peer.hasPrefix("tcp://127.0.0.1:"))
    }

    @Test func `a peer with another server's key is refused, and both ends say so`() async throws {
        let (server, client) = try await failures(
            client: .client(server: Keys.stranger.publicKey, own: Keys.sampler))
        #expect("\(server)".contains("another server key"), "\(server)")
        #expect(client.description.contains("wrong server key"), "\(client)")
    }

    @Test(arguments: [nil, CurveOptions.client(server: Keys.hub.publicKey, own: Keys.stranger)])
    func `a refused client is closed, and sending on it says why`(curve: CurveOptions?) async throws {
        var link = try Link(.curve)
        link.client.socket.curve = curve
        link.client.socket.sendHighWaterMark = 1
        let server = try link.makeServer()
        let client = try link.makeClient()
        try await client.connect(to: server.bind(to: link.endpoint))
        // The first may wait in libzmq; one that waits for room behind it must not wait for ever.
        let error = await #expect(throws: MessagingError.self) {
            while true { try await client.send(["let me in"]) }
        }
        #expect(error?.code == .refused)
        #expect(await client.receiveBatch() == [])
        await server.close()
    }

    @Test func `messages carry the role of the key they came with`() async throws {
        let link = try Link(.curve)
        let server = try link.makeServer()
        let client = try link.makeClient()
        try await client.connect(to: server.bind(to: link.endpoint))
        try await client.send(["who am I"])
        #expect(await client.receiveBatch() == [["who am I"]])
        #expect(await server.userIDs == ["sampler"])
        await client.close()
        await server.close()
    }

    @Test func `messages without CURVE carry no role`() async throws {
        let link = try Link(.tcp)
        let server = try link.makeServer()
        let client = try link.makeClient()
        try await client.connect(to: server.bind(to: link.endpoint))
        try await client.send(["who am I"])
        #expect(await client.receiveBatch() == [["who am I"]])
        #expect(await server.userIDs == [nil])
        await client.close()
        await server.close()
    }

    @Test(arguments: ["tcp://*:0", "tcp://0.0.0.0:0", "tcp://[::]:0", "tcp://192.0.2.1:0"])
    func `listening where other hosts can connect needs keys`(text: String) async throws {
        let server = try EchoServer()
        let error = await #expect(throws: MessagingError.self) { try await server.bind(to: Endpoint(text)) }
        #expect(error?.code == .unprotected)
        let tapError = await #expect(throws: MessagingError.self) { try await server.bindTap(to: Endpoint(text)) }
        #expect(tapError?.code == .unprotected)
        await server.close()
    }

    @Test func `with keys it may listen on every interface`() async throws {
        let link = try Link(.curve)
        let server = try link.makeServer()
        let bound = try await server.bind(to: Endpoint("tcp://*:0"))
        guard case .tcp(_, let port) = bound else { return #expect(Bool(false), "\(bound)") }
        let client = try link.makeClient()
        try await client.connect(to: Endpoint("tcp://127.0.0.1:\(port)"))
        try await client.send(["hello"])
        #expect(await client.receiveBatch() == [["hello"]])
        await client.close()
        await server.close()
    }
}
