import Messaging
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Sends on a leaked socket from a thread of its own, because tasks may by chance share one with the owner.
private func sendFromAnotherThread(_ leaked: UInt) {
    #if canImport(Glibc)
        var thread = pthread_t()
    #else
        var thread: pthread_t?
    #endif
    pthread_create(
        &thread, nil,
        { argument in
            let pointer: UnsafeMutableRawPointer? = argument
            _ = try? Unmanaged<Socket>.fromOpaque(pointer!).takeUnretainedValue().send(["from the wrong thread"])
            return nil
        }, UnsafeMutableRawPointer(bitPattern: leaked))
    #if canImport(Glibc)
        pthread_join(thread, nil)
    #else
        pthread_join(thread!, nil)
    #endif
}

@Suite(.timeLimit(.minutes(5))) struct `A socket` {
    @Test func `used on a thread that does not own it, it traps and says why`() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let owner = try SocketOwner()
            try await owner.open(.dealer)
            let leaked = await owner.leak()
            sendFromAnotherThread(leaked)
        }
        let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(message.contains("Only the socket thread owner may send on a dealer socket"), "\(message)")
    }

    @Test func `port 0 becomes the port that the system chose`() async throws {
        let owner = try SocketOwner()
        try await owner.open(.router)
        let (first, second) = try await owner.withSocket { socket in
            (try socket.bind(to: Endpoint("tcp://127.0.0.1:0")), try socket.bind(to: Endpoint("tcp://[::1]:0")))
        }
        guard case .tcp("127.0.0.1", let port) = first, case .tcp("::1", let otherPort) = second else {
            return #expect(Bool(false), "\(first) \(second)")
        }
        #expect(port != 0 && otherPort != 0)
        try await owner.withSocket { $0.close() }
    }

    @Test func `an address in use is refused with the remedy`() async throws {
        let (one, other) = (try SocketOwner(), try SocketOwner())
        try await one.open(.router)
        try await other.open(.router)
        let endpoint = try await one.withSocket { try $0.bind(to: Endpoint("tcp://127.0.0.1:0")) }
        let error = await #expect(throws: MessagingError.self) {
            try await other.withSocket { try $0.bind(to: endpoint) }
        }
        #expect(error?.code == .bindFailed)
        #expect(error?.message.contains("Another process listens there") == true)
        try await one.withSocket { $0.close() }
        try await other.withSocket { $0.close() }
    }

    @Test func `a place that only a binding end can name is not connected to`() async throws {
        let owner = try SocketOwner()
        try await owner.open(.dealer)
        for text in ["tcp://127.0.0.1:0", "tcp://*:5555", "tcp://0.0.0.0:5555"] {
            let error = await #expect(throws: MessagingError.self) {
                try await owner.withSocket { try $0.connect(to: Endpoint(text)) }
            }
            #expect(error?.code == .invalidEndpoint)
        }
        try await owner.withSocket { $0.close() }
    }

    @Test func `a closed socket says that it is closed`() async throws {
        let owner = try SocketOwner()
        try await owner.open(.dealer)
        try await owner.withSocket { $0.close() }
        let error = await #expect(throws: MessagingError.self) { try await owner.withSocket { try $0.send(["late"]) } }
        #expect(error?.code == .closed)
        #expect(try await owner.withSocket { $0.isClosed })
        try await owner.withSocket { $0.close() }
    }

    @Test func `at the high-water mark, or without a peer, sending answers instead of waiting`() async throws {
        let owner = try SocketOwner()
        var options = SocketOptions()
        options.sendHighWaterMark = 3
        try await owner.open(.dealer, options: options)
        #expect(try await owner.withSocket { try $0.send(["nobody is there"]) } == .wouldBlock)
        try await owner.withSocket { try $0.connect(to: Endpoint("ipc:///tmp/eightfold-test-nobody")) }
        let results = try await owner.withSocket { socket in try (0..<5).map { _ in try socket.send(["a", "b"]) } }
        #expect(results == [.sent, .sent, .sent, .wouldBlock, .wouldBlock])
        try await owner.withSocket { $0.close() }
    }

    @Test func `a router does not know a peer that never came`() async throws {
        let owner = try SocketOwner()
        try await owner.open(.router)
        #expect(try await owner.withSocket { try $0.send(["hello"], to: PeerID(bytes: [1, 2])) } == .unroutable)
        try await owner.withSocket { $0.close() }
    }
}
