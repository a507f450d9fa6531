import Messaging

/// A server that answers every message with itself, and keeps what the tests ask about.
actor EchoServer {
    let thread: SocketThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
    nonisolated let events: AsyncStream<RouterEvent>
    private let eventContinuation: AsyncStream<RouterEvent>.Continuation

    private let context: ZMQContext
    private let configuration: RouterConfiguration
    private(set) var server: RouterServer?
    private(set) var batchSizes: [Int] = []
    private(set) var batchTimes: [ContinuousClock.Instant] = []
    private(set) var userIDs: Set<String?> = []
    private(set) var peers: [PeerID] = []

    init(context: ZMQContext = .shared, configuration: RouterConfiguration = RouterConfiguration()) throws {
        thread = try SocketThread(name: "echo")
        self.context = context
        self.configuration = configuration
        (events, eventContinuation) = AsyncStream.makeStream()
    }

    func bind(to endpoint: Endpoint) throws -> Endpoint {
        let server = try openServer()
        return try server.bind(to: endpoint)
    }

    func bindTap(to endpoint: Endpoint) throws -> Endpoint {
        let server = try openServer()
        return try server.bindTap(to: endpoint)
    }

    /// Gives the test the server for one turn on its thread.
    func withServer<R: Sendable>(_ body: @Sendable (RouterServer) throws -> R) throws -> R {
        try body(try openServer())
    }

    func close() {
        server?.close()
    }

    private func openServer() throws -> RouterServer {
        if let server { return server }
        let server = try RouterServer(on: thread, context: context, configuration: configuration)
        server.batchHandler = { [weak self] batch in self?.assumeIsolated { $0.echo(batch) } }
        server.eventHandler = { [eventContinuation] event in eventContinuation.yield(event) }
        self.server = server
        return server
    }

    private func echo(_ batch: [RouterMessage]) {
        batchSizes.append(batch.count)
        batchTimes.append(.now)
        for message in batch {
            userIDs.insert(message.userID)
            if !peers.contains(message.peer) { peers.append(message.peer) }
            server?.send(message.frames, to: message.peer)
        }
    }
}
