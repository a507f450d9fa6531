/// Reads the tap of a `RouterServer`, for callers on any thread.
///
/// A reader that is too slow misses messages, and the server counts them; the server never waits for it.
public actor TapReader {
    /// What this reader runs on; several may share it.
    public nonisolated let thread: SocketThread
    /// What was published, for one consumer; of more than `inboxLimit` unread messages the newest are dropped and counted.
    public nonisolated let messages: AsyncStream<[Frame]>
    /// What happens to the connection, for one consumer; of more than 256 unread events the oldest are dropped.
    public nonisolated let events: AsyncStream<ConnectionEvent>
    /// The number of messages that arrived while the consumer was `inboxLimit` messages behind.
    public private(set) var droppedCount = 0

    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private let context: ZMQContext
    private let configuration: DealerConfiguration
    private let continuation: AsyncStream<[Frame]>.Continuation
    private let eventContinuation: AsyncStream<ConnectionEvent>.Continuation
    private var socket: Socket?
    private var monitor: SocketMonitor?

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

    isolated deinit {
        close()
    }

    /// Starts connecting and asks for the messages whose first frame begins with one of the prefixes; `""` is all.
    public func connect(to endpoint: Endpoint, prefixes: [String]) throws(MessagingError) {
        precondition(socket == nil, "a TapReader connects once; make another for \(endpoint)")
        let socket = try Socket(.sub, context: context, on: thread, options: configuration.socket)
        self.socket = socket
        let events = eventContinuation
        monitor = try SocketMonitor(of: socket, context: context, on: thread) { events.yield($0) }
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

    private func readMessages() {
        guard let socket else { return }
        // Bounded, so that a flood of messages cannot keep the thread from its other sockets.
        for _ in 0..<configuration.inboxLimit {
            guard case .message(let message)? = try? socket.receive(frameLimit: configuration.frameLimit) else { return }
            if case .dropped = continuation.yield(message.frames) { droppedCount += 1 }
        }
    }
}
