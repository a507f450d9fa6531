import Messaging

/// Owns a bare socket, so that a test can do to it what the servers and clients would not.
actor SocketOwner {
    let thread: SocketThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
    private var socket: Socket?

    init() throws {
        thread = try SocketThread(name: "owner")
    }

    func open(_ kind: Socket.Kind, options: SocketOptions = SocketOptions(), context: ZMQContext = .shared) throws {
        socket = try Socket(kind, context: context, on: thread, options: options)
    }

    func withSocket<R: Sendable>(_ body: @Sendable (Socket) throws -> R) throws -> R {
        guard let socket else { preconditionFailure("open a socket first") }
        return try body(socket)
    }

    /// Takes one message, if there is one.
    func receivesMessage() throws -> Bool {
        if case .message? = try socket?.receive(frameLimit: 10) { return true }
        return false
    }

    /// Breaks the rule that a test is about: lets the socket out to another thread.
    func leak() -> UInt {
        UInt(bitPattern: Unmanaged.passRetained(socket!).toOpaque())
    }
}
