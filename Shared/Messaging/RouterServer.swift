/// The binding end: one ROUTER for peers and, if wanted, one XPUB for the tap, on one thread.
///
/// It is not an actor but a part of one: an actor whose executor is the `SocketThread` creates it, holds it, and calls
/// it without awaiting, so that taking a batch, committing it and answering it are one turn. All members must be used
/// on the thread. `close()` it: dropping it alone closes its sockets only when
/// the next message comes, or when the thread ends.
public final class RouterServer {
    /// Called with 1 to `batchLimit` messages, in the order of their arrival; answers may be sent from within.
    public var batchHandler: (([RouterMessage]) -> Void)?
    /// Called with everything that is not a message.
    public var eventHandler: ((RouterEvent) -> Void)?

    let thread: SocketThread
    let context: ZMQContext
    let configuration: RouterConfiguration
    let router: Socket
    private var monitor: SocketMonitor?
    private var authenticator: ZAPAuthenticator?
    var tap: TapPublisher?
    var outboxes: [PeerID: Outbox] = [:]
    var retryTimer: TimerID?
    /// When the next batch may begin, and what waits for that.
    private var nextBatch = ContinuousClock.now
    private var batchTimer: TimerID?
    /// Connections that did not take their messages. A routing id is never used twice, so entries are only dropped when
    /// libzmq says that the connection is gone.
    var cutOff: Set<PeerID> = []

    /// Makes the sockets, on the thread; nothing listens before `bind`.
    ///
    /// - Throws: `bindFailed` when the keys are a server's and the context already has one with keys: it has room for one
    ///   authenticator.
    public init(
        on thread: SocketThread, context: ZMQContext = .shared,
        configuration: RouterConfiguration = RouterConfiguration()
    ) throws(MessagingError) {
        precondition(configuration.batchLimit > 0 && configuration.frameLimit > 0, "limits are 1 or more")
        self.thread = thread
        self.context = context
        self.configuration = configuration
        router = try Socket(.router, context: context, on: thread, options: configuration.socket)
        router.readHandler = readHandler
        monitor = try SocketMonitor(of: router, context: context, on: thread) { [weak self] event in
            self?.eventHandler?(.connection(event))
        }
        if case .server(_, let allowed) = configuration.socket.curve {
            authenticator = try ZAPAuthenticator(allowList: allowed, context: context, on: thread) {
                [weak self] refused in
                self?.eventHandler?(.refusedKey(refused))
            }
        }
    }

    /// Listens for peers, at as many endpoints as it is called with; returns the endpoint with the port in use.
    ///
    /// - Throws: `unprotected` when other hosts could reach it and there are no keys; `bindFailed`.
    public func bind(to endpoint: Endpoint) throws(MessagingError) -> Endpoint {
        try configuration.socket.checkProtected(endpoint)
        return try router.bind(to: endpoint)
    }

    /// Sends a message to a connection, now or when libzmq takes it; never waits.
    @discardableResult
    public func send(_ frames: [Frame], to peer: PeerID) -> RouterSendResult {
        guard !cutOff.contains(peer) else { return .cutOff }
        guard outboxes[peer] == nil else { return enqueue(frames, for: peer) }
        switch offer(frames, to: peer) {
        case .sent: return .sent
        case .unroutable: return .unroutable
        case .wouldBlock: return enqueue(frames, for: peer)
        }
    }

    /// Closes every socket at once; what was sent goes on leaving for the linger time, what waits in outboxes is lost.
    public func close() {
        if let retryTimer { thread.cancelTimer(retryTimer) }
        if let batchTimer { thread.cancelTimer(batchTimer) }
        retryTimer = nil
        batchTimer = nil
        outboxes = [:]
        tap?.close()
        monitor?.close()
        router.close()
        // Last: while the others listened, it decided who may come in.
        authenticator?.close()
    }

    private var readHandler: () -> Void {
        { [weak self, weak router] in
            // A server that was dropped without `close()` must not leave a socket that is readable for ever.
            if let self { self.readWhenDue() } else { router?.close() }
        }
    }

    /// Reads a batch, now or, with the socket left alone until then, when the next may begin.
    private func readWhenDue() {
        let now = ContinuousClock.now
        guard now < nextBatch else {
            nextBatch = now + configuration.batchInterval
            return readBatch()
        }
        router.readHandler = nil
        batchTimer = thread.schedule(at: nextBatch) { [weak self, weak router] in
            guard let self else {
                router?.close()
                return
            }
            self.batchTimer = nil
            self.router.readHandler = self.readHandler
            self.readWhenDue()
        }
    }

    private func readBatch() {
        var batch: [RouterMessage] = []
        // Thrown-away messages count as well, so that a flood of them cannot hold the thread.
        for _ in 0..<configuration.batchLimit {
            do throws(MessagingError) {
                switch try router.receive(frameLimit: configuration.frameLimit) {
                case .nothing: return deliver(batch)
                case .message(let message):
                    guard let peer = message.peer, !cutOff.contains(peer) else { continue }
                    batch.append(RouterMessage(peer: peer, userID: message.userID, frames: message.frames))
                case .tooManyFrames(let peer, let frameCount):
                    if let peer { eventHandler?(.refusedMessage(peer, frameCount: frameCount)) }
                }
            } catch {
                deliver(batch)
                return fail(error)
            }
        }
        deliver(batch)
    }

    private func deliver(_ batch: [RouterMessage]) {
        if !batch.isEmpty { batchHandler?(batch) }
    }

    func fail(_ error: MessagingError) {
        close()
        eventHandler?(.failed(error))
    }
}

extension SocketOptions {
    /// Refuses to listen where other hosts could connect without keys.
    func checkProtected(_ endpoint: Endpoint) throws(MessagingError) {
        guard endpoint.isLocal || curve != nil else {
            throw MessagingError(
                .unprotected,
                "An endpoint that other hosts can reach needs CURVE keys and an allow-list; \(endpoint) has "
                    + "none. Make keys with `eightfold keys`, or listen on 127.0.0.1.")
        }
    }
}
