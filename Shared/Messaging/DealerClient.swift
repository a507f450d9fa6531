/// The connecting end: one DEALER that talks to one `RouterServer`, for callers on any thread.
///
/// libzmq connects again after every loss, and the messages it holds then still leave; those that were on the wire at
/// the loss do not arrive, and nobody says so: what must not be lost needs an answer and a deadline above this layer.
/// A server that refuses the keys or the protocol closes the client: sending then throws `refused`, `messages` ends.
public actor DealerClient {
    /// What this client runs on; several clients may share it.
    public nonisolated let thread: SocketThread
    /// The received messages, for one consumer; it ends when the client is closed. See `DealerConfiguration.inboxLimit`.
    public nonisolated var messages: DealerMessages { DealerMessages(client: self) }
    /// What happens to the connection, for one consumer; of more than 256 unread events the oldest are dropped. Over
    /// `inproc://`, which has no transport to lose, there are none.
    public nonisolated let events: AsyncStream<ConnectionEvent>

    /// The socket thread, which makes this actor's code the owner of its socket.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    struct WaitingSend {
        let id: UInt64
        let frames: [Frame]
        let continuation: CheckedContinuation<MessagingError?, Never>
    }

    private let context: ZMQContext
    let configuration: DealerConfiguration
    private let eventContinuation: AsyncStream<ConnectionEvent>.Continuation
    var socket: Socket?
    private var monitor: SocketMonitor?
    /// The sockets to close, for deinit, which may name but not touch them.
    private var openSockets: [ObjectIdentifier] = []
    /// Why nothing can be sent any more; nil while the client is open.
    var closure: MessagingError?
    var inbox: [[Frame]] = []
    var waitingReceiver: CheckedContinuation<[[Frame]], Never>?
    var waitingSends: [WaitingSend] = []
    var lastSendID: UInt64 = 0
    /// The number of received messages that were thrown away because they had more frames than `frameLimit`.
    public internal(set) var refusedMessageCount = 0

    /// Makes a client without a connection.
    public init(
        on thread: SocketThread, context: ZMQContext = .shared,
        configuration: DealerConfiguration = DealerConfiguration()
    ) {
        precondition(configuration.inboxLimit > 0 && configuration.frameLimit > 0, "limits are 1 or more")
        self.thread = thread
        self.context = context
        self.configuration = configuration
        (events, eventContinuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(256))
    }

    // The net under `close()`.
    deinit {
        thread.closeAbandoned(openSockets)
        eventContinuation.finish()
    }

    /// Makes the socket and starts connecting; returns at once, whether or not the server is there. Call it once.
    ///
    /// - Throws: `connectFailed`, `invalidEndpoint`, or `closed`.
    public func connect(to endpoint: Endpoint) throws(MessagingError) {
        precondition(socket == nil, "a DealerClient connects once; make another for \(endpoint)")
        if let closure { throw closure }
        let socket = try Socket(.dealer, context: context, on: thread, options: configuration.socket)
        do throws(MessagingError) {
            monitor = try SocketMonitor(of: socket, context: context, on: thread) { [weak self] event in
                self?.assumeIsolated { $0.report(event) }
            }
            try socket.connect(to: endpoint)
        } catch {
            monitor?.close()
            socket.close()
            throw error
        }
        self.socket = socket
        openSockets = [socket, monitor?.pair].compactMap { $0.map(ObjectIdentifier.init) }
        // The handlers are called on the thread between jobs, which `assumeIsolated` checks.
        socket.readHandler = readHandler
    }

    /// Closes the socket before it returns; messages already accepted go on leaving for the linger time.
    ///
    /// Sends that wait for room fail with `closed`; `messages` ends after what was received. Closing twice is allowed.
    public func close() {
        close(
            because: MessagingError(
                .closed, "The connection was closed by this process, so nothing can be sent. Make a new client."))
    }

    func close(because closure: MessagingError) {
        guard self.closure == nil else { return }
        self.closure = closure
        monitor?.close()
        socket?.close()
        for send in waitingSends { send.continuation.resume(returning: closure) }
        waitingSends = []
        waitingReceiver?.resume(returning: [])
        waitingReceiver = nil
        eventContinuation.finish()
    }

    private func report(_ event: ConnectionEvent) {
        eventContinuation.yield(event)
        // libzmq has given up, and said so only here; without this, senders would wait for ever.
        if case .handshakeFailed(let reason, isFinal: true) = event.kind {
            close(because: MessagingError(.refused, "The handshake with \(event.peer) failed: \(reason)."))
        }
    }
}
