import CZMQ

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A ZeroMQ socket, made, used and closed on one `SocketThread`.
///
/// No call waits. Every call checks, in release builds too, that it runs on the owning thread: from another, a socket
/// would be corrupted silently. The thread holds the socket until `close()`, so the last reference may be dropped
/// anywhere.
public final class Socket {
    /// The pattern that a socket speaks.
    public enum Kind: Sendable {
        case router, dealer, xpub, sub, rep, pair

        var type: CInt {
            switch self {
            case .router: ZMQ_ROUTER
            case .dealer: ZMQ_DEALER
            case .xpub: ZMQ_XPUB
            case .sub: ZMQ_SUB
            case .rep: ZMQ_REP
            case .pair: ZMQ_PAIR
            }
        }
    }

    /// What the socket speaks.
    public let kind: Kind
    /// Called on the thread whenever a message can be received; nil asks for no such calls.
    public var readHandler: (() -> Void)? {
        didSet { if (oldValue == nil) != (readHandler == nil) { thread.interestChanged() } }
    }
    /// Called on the thread whenever a message can be sent; nil asks for no such calls.
    public var writeHandler: (() -> Void)? {
        didSet { if (oldValue == nil) != (writeHandler == nil) { thread.interestChanged() } }
    }

    private let thread: PollLoop
    private let context: ZMQContext
    /// nil once closed.
    private(set) var handle: UnsafeMutableRawPointer?
    /// Room for the routing id before each message of a ROUTER, which is copied out at once.
    let routingID = FrameStorage()
    /// The names in this process that it is bound to.
    private var inprocNames: [String] = []

    /// Makes a socket owned by `thread`, on which it must be called.
    ///
    /// - Throws: `library` when libzmq has no room for another socket, or refuses an option.
    public init(
        _ kind: Kind, context: ZMQContext = .shared, on thread: SocketThread, options: SocketOptions = SocketOptions()
    ) throws(MessagingError) {
        self.kind = kind
        self.context = context
        self.thread = thread.loop
        thread.loop.preconditionCurrent("make a socket")
        do throws(ZMQ.Failure) {
            let handle = try ZMQ.socket(context.handle, kind.type)
            self.handle = handle
            do throws(ZMQ.Failure) {
                try options.apply(to: handle, kind: kind)
            } catch {
                try ZMQ.close(handle)
                throw error
            }
        } catch {
            throw .library("Making a \(kind) socket", error)
        }
        self.thread.adopt(self)
    }

    /// Whether `close()` has been called, or the thread has ended.
    public var isClosed: Bool { handle == nil }

    /// Listens at the endpoint, and returns it with the port that the system chose if it was 0.
    public func bind(to endpoint: Endpoint) throws(MessagingError) -> Endpoint {
        let handle = try openHandle("bind")
        let resolved: String
        do throws(ZMQ.Failure) {
            try ZMQ.bind(handle, endpoint.description)
            resolved = try ZMQ.lastEndpoint(handle)
        } catch {
            let remedy =
                error.number == EADDRINUSE
                ? "Another process listens there; stop it, or let the system choose with port 0."
                : "The address must belong to this host, and a directory must exist and be writable."
            throw MessagingError(
                .bindFailed, "\(endpoint) could not be bound: \(error.text). \(remedy)", errno: error.number)
        }
        if case .inproc = endpoint { inprocNames.append(resolved) }
        return try Endpoint(resolved)
    }

    /// Starts connecting, which goes on in the background, again after every loss, until the socket is closed.
    public func connect(to endpoint: Endpoint) throws(MessagingError) {
        let handle = try openHandle("connect")
        if case .tcp(_, let port) = endpoint, port == 0 || endpoint.isWildcard {
            throw MessagingError(
                .invalidEndpoint,
                "\(endpoint) can be bound but not connected to. Name the host and the port that the "
                    + "other end published.")
        }
        do throws(ZMQ.Failure) {
            try ZMQ.connect(handle, endpoint.description)
        } catch {
            throw MessagingError(
                .connectFailed,
                "\(endpoint) could not be connected to: \(error.text). Check the host name and the path.",
                errno: error.number)
        }
    }

    /// Asks for the messages whose first frame begins with `prefix`; a SUB socket gets none before.
    public func subscribe(to prefix: String) throws(MessagingError) {
        try set(ZMQ_SUBSCRIBE, text: prefix)
    }

    /// Closes at once; what was handed over goes on leaving for the linger time. A closed socket stays closed.
    public func close() {
        guard let handle else { return }
        thread.preconditionCurrent("close a \(kind) socket")
        stopMonitor()
        self.handle = nil
        readHandler = nil
        writeHandler = nil
        do throws(ZMQ.Failure) {
            // libzmq gives a name up when its own thread gets round to the closed socket; unbound, it is free now.
            for name in inprocNames { try ZMQ.unbind(handle, name) }
            try ZMQ.close(handle)
        } catch {
            preconditionFailure("an open socket could not be closed: \(error.text)")
        }
        thread.release(self)
    }

    /// Ends the reports to a `SocketMonitor`, if there is one. It comes before the monitor's own socket is closed: libzmq's
    /// I/O thread would wait for ever to hand its next report to nobody.
    func stopMonitor() {
        guard let handle else { return }
        // Ignored: without a monitor there is nothing to stop.
        try? ZMQ.monitor(handle, nil, 0)
    }

    /// The C handle of an open socket, on the right thread.
    func openHandle(_ action: String) throws(MessagingError) -> UnsafeMutableRawPointer {
        thread.preconditionCurrent("\(action) on a \(kind) socket")
        guard let handle else {
            throw MessagingError(.closed, "The \(kind) socket is closed, so it cannot \(action). Make a new one.")
        }
        return handle
    }

    private func set(_ option: CInt, text: String) throws(MessagingError) {
        let handle = try openHandle("set an option")
        do throws(ZMQ.Failure) {
            try ZMQ.setsockopt(handle, option, text)
        } catch {
            throw .library("Setting option \(option) of a \(kind) socket", error)
        }
    }
}

/// A socket shared between threads is corrupted silently: libzmq's sockets are not thread safe (zmq_socket(3)).
@available(
    *, unavailable, message: "A ZeroMQ socket belongs to one thread; use it inside an actor on its SocketThread."
)
extension Socket: Sendable {}
