/// Reads the tap of a `RouterServer`, for callers on any thread.
///
/// A reader that is too slow misses messages and counts them, by the numbers that the server gives them; the server
/// never waits for it. A server that refuses the keys or the protocol closes the reader, and both streams end.
public actor TapReader {
    /// What this reader runs on; several may share it.
    public nonisolated let thread: SocketThread
    /// What was published, for one consumer; of more than `inboxLimit` unread messages the newest are dropped.
    public nonisolated let messages: AsyncStream<TapMessage>
    /// What happens to the connection, for one consumer; of more than 256 unread events the oldest are dropped.
    public nonisolated let events: AsyncStream<ConnectionEvent>
    /// The number of messages that were published after this reader's first of the same topic and that its consumer did
    /// not get, because it or the connection was too slow. A loss is seen when the next message of the topic arrives.
    public private(set) var missedCount: UInt64 = 0

    /// The socket thread, which makes this actor's code the owner of its socket.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private let context: ZMQContext
    private let configuration: DealerConfiguration
    private let continuation: AsyncStream<TapMessage>.Continuation
    private let eventContinuation: AsyncStream<ConnectionEvent>.Continuation
    private var nextNumbers: [String: UInt64] = [:]
    private var socket: Socket?
    private var monitor: SocketMonitor?
    /// The sockets to close, for deinit, which may name but not touch them.
    private var openSockets: [ObjectIdentifier] = []

    /// Makes a reader without a connection; the configuration means what it means to a `DealerClient`.
    public init(
        on thread: SocketThread, context: ZMQContext = .shared,
        configuration: DealerConfiguration = DealerConfiguration()
    ) {
        self.thread = thread
        self.context = context
        self.configuration = configuration
        (messages, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(configuration.inboxLimit))
        (events, eventContinuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(256))
    }

    // The net under `close()`.
    deinit {
        thread.closeAbandoned(openSockets)
        eventContinuation.finish()
        continuation.finish()
    }

    /// Starts connecting and asks for the messages whose topic begins with one of the prefixes; `""` is all.
    public func connect(to endpoint: Endpoint, prefixes: [String]) throws(MessagingError) {
        precondition(socket == nil, "a TapReader connects once; make another for \(endpoint)")
        let socket = try Socket(.sub, context: context, on: thread, options: configuration.socket)
        self.socket = socket
        monitor = try SocketMonitor(of: socket, context: context, on: thread) { [weak self] event in
            self?.assumeIsolated { $0.report(event) }
        }
        openSockets = [socket, monitor?.pair].compactMap { $0.map(ObjectIdentifier.init) }
        for prefix in prefixes { try socket.subscribe(to: prefix) }
        try socket.connect(to: endpoint)
        socket.readHandler = { [weak self] in self?.assumeIsolated { $0.readMessages() } }
    }

    /// Closes the socket before it returns; `messages` ends after what was received. Closing twice is allowed.
    public func close() {
        monitor?.close()
        socket?.close()
        continuation.finish()
        eventContinuation.finish()
    }

    private func report(_ event: ConnectionEvent) {
        eventContinuation.yield(event)
        if case .handshakeFailed(_, isFinal: true) = event.kind { close() }
    }

    private func readMessages() {
        guard let socket else { return }
        // Bounded, so that a flood of messages cannot keep the thread from its other sockets.
        for _ in 0..<configuration.inboxLimit {
            // Two frames more than the message has: the topic and the number.
            guard case .message(let received)? = try? socket.receive(frameLimit: configuration.frameLimit + 2) else {
                return
            }
            guard let message = TapMessage(received.frames) else { continue }
            if let expected = nextNumbers[message.topic], message.number > expected {
                missedCount += message.number - expected
            }
            nextNumbers[message.topic] = message.number + 1
            if case .dropped = continuation.yield(message) { missedCount += 1 }
        }
    }
}
