import Messaging
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite(.timeLimit(.minutes(5))) struct `Router server` {
    /// A link with marks so small that a peer which does not read is full at once.
    private func tightLink(_ transport: Transport, outboxByteLimit: Int) throws -> Link {
        var link = try Link(transport)
        link.client.inboxLimit = 1
        link.client.socket.receiveHighWaterMark = 1
        link.server.socket.sendHighWaterMark = 1
        link.server.outboxByteLimit = outboxByteLimit
        return link
    }

    @Test func `a peer whose outbox overflows is reported and cut off, and the others are served`() async throws {
        let link = try tightLink(.inproc, outboxByteLimit: 10_000)
        let server = try link.makeServer()
        let endpoint = try await server.bind(to: link.endpoint)
        let (slow, other) = (try link.makeClient(), try link.makeClient())
        try await slow.connect(to: endpoint)
        try await slow.send(["hello"])
        #expect(await slow.receiveBatch() == [["hello"]])
        let peer = try #require(await server.peers.first)
        // 1 + 1 messages fit the marks and 1 the inbox; each of the others costs 1,064 of the outbox's 10,000 bytes.
        let frame = Frame([UInt8](repeating: 1, count: 1000))
        let results = try await server.withServer { server in
            (0..<20).map { _ in server.send([frame], to: peer) }
        }
        #expect(results.filter { $0 == .queued }.count == 9)
        #expect(results.last == .cutOff)
        for await event in server.events {
            guard case .cutOff(let reported, let droppedMessages) = event else { continue }
            #expect(reported == peer)
            #expect(droppedMessages == 10)
            break
        }
        try await slow.send(["am I heard?"])
        try await other.connect(to: endpoint)
        try await other.send(["me too"])
        #expect(await other.receiveBatch() == [["me too"]])
        #expect(await server.peers.count == 2)
        #expect(await server.batchSizes == [1, 1], "nothing is read from the one that was cut off")
        await slow.close()
        await other.close()
        await server.close()
    }

    @Test func `sending to a peer that left says so, and nothing waits for it`() async throws {
        let link = try Link(.inproc)
        let server = try link.makeServer()
        let client = try link.makeClient()
        try await client.connect(to: server.bind(to: link.endpoint))
        try await client.send(["hello"])
        #expect(await client.receiveBatch() == [["hello"]])
        let peer = try #require(await server.peers.first)
        await client.close()
        while try await server.withServer({ $0.send(["are you there?"], to: peer) }) != .unroutable {
            await Task.yield()
        }
        #expect(try await server.withServer { $0.waitingMessageCount } == 0)
        await server.close()
    }

    @Test func `a batch does not begin before it is due, and nothing is lost or reordered`() async throws {
        var link = try Link(.inproc)
        link.server.batchInterval = .milliseconds(100)
        let server = try link.makeServer()
        let client = try link.makeClient()
        try await client.connect(to: server.bind(to: link.endpoint))
        let start = ContinuousClock.now
        let sent = (0..<20).map { [Frame("\($0)")] }
        var answers: [[Frame]] = []
        // The first two are answered before the next is sent, so that at least three batches are made.
        for message in sent {
            try await client.send(message)
            if answers.count < 2 { answers += await client.receiveBatch() }
        }
        while answers.count < sent.count { answers += await client.receiveBatch() }
        #expect(answers == sent)
        let times = await server.batchTimes
        #expect(times.count >= 3)
        for (number, time) in times.enumerated() { #expect(time - start >= .milliseconds(100) * number) }
        await client.close()
        await server.close()
    }

    @Test func `messages that wait together come in batches of at most the limit`() async throws {
        var link = try Link(.inproc)
        link.server.batchLimit = 64
        let server = try link.makeServer()
        let endpoint = try await server.bind(to: link.endpoint)
        let client = try link.makeClient()
        // One turn on the server's thread, so that it cannot read before all have been sent.
        let gate = Mutex(false)
        try await client.connect(to: endpoint)
        async let holding: Void = server.withServer { _ in while !gate.withLock({ $0 }) { sched_yield() } }
        for number in 0..<200 { try await client.send([Frame("\(number)")]) }
        gate.withLock { $0 = true }
        try await holding
        var count = 0
        for await _ in client.messages {
            count += 1
            if count == 200 { break }
        }
        let sizes = await server.batchSizes
        #expect(sizes.max() == 64)
        #expect(sizes.reduce(0, +) == 200)
        await client.close()
        await server.close()
    }

    @Test func `a message with too many frames is thrown away and reported, and the next is read`() async throws {
        var link = try Link(.ipc)
        link.server.frameLimit = 3
        let server = try link.makeServer()
        let client = try link.makeClient()
        try await client.connect(to: server.bind(to: link.endpoint))
        try await client.send(["1", "2", "3", "4", "5"])
        try await client.send(["1", "2", "3"])
        #expect(await client.receiveBatch() == [["1", "2", "3"]])
        for await event in server.events {
            guard case .refusedMessage(let peer, let frameCount) = event else { continue }
            #expect(frameCount == 5)
            #expect(await server.peers == [peer])
            break
        }
        await client.close()
        await server.close()
    }

    @Test func `a frame above the size limit cuts its sender, and the server stays up`() async throws {
        var link = try Link(.tcp)
        link.server.socket.maximumFrameBytes = 1000
        let server = try link.makeServer()
        let endpoint = try await server.bind(to: link.endpoint)
        let (greedy, modest) = (try link.makeClient(), try link.makeClient())
        try await greedy.connect(to: endpoint)
        try await greedy.send([Frame([UInt8](repeating: 0, count: 1001))])
        for await event in greedy.events where event.kind == .disconnected { break }
        try await modest.connect(to: endpoint)
        let allowed = Frame([UInt8](repeating: 0, count: 1000))
        try await modest.send([allowed])
        #expect(await modest.receiveBatch() == [[allowed]])
        #expect(await server.peers.count == 1)
        await greedy.close()
        await modest.close()
        await server.close()
    }

    @Test(arguments: [Transport.tcp, .curve])
    func `random bytes from a raw connection do not stop the server`(transport: Transport) async throws {
        let link = try Link(transport)
        let server = try link.makeServer()
        let endpoint = try await server.bind(to: link.endpoint)
        guard case .tcp(_, let port) = endpoint else { return #expect(Bool(false)) }
        var random = SplitMix(state: 20_240_614)
        for round in 0..<60 {
            var bytes = (0..<Int.random(in: 1...5000, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            // A third begin like the protocol (ZMTP 3.x signature, RFC 23), to get past the greeting.
            let greeting: [UInt8] = [0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0]
            if round % 3 == 0 { bytes.replaceSubrange(0..<min(12, bytes.count), with: greeting.prefix(bytes.count)) }
            try RawConnection.send(bytes, port: port)
        }
        let client = try link.makeClient()
        try await client.connect(to: endpoint)
        try await client.send(["still there?"])
        #expect(await client.receiveBatch() == [["still there?"]])
        await client.close()
        await server.close()
    }
}

/// The tests' own generator, because this target does not depend on Basics (SplitMix64, Steele et al. 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

/// A plain TCP connection, as somebody who does not speak ZeroMQ opens it.
enum RawConnection {
    struct Failure: Error {
        let call: String
        let number: Int32
    }

    static func send(_ bytes: [UInt8], port: UInt16) throws {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { throw Failure(call: "socket", number: errno) }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(call: "connect", number: errno) }
        // The server may hang up in the middle, which is its right: no SIGPIPE, and the count does not matter.
        #if canImport(Glibc)
            _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        #else
            _ = Darwin.send(descriptor, bytes, bytes.count, 0)
        #endif
    }
}
