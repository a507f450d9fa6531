#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One thread that owns ZeroMQ sockets, and the executor of the actors that use them.
///
/// The thread waits in zmq_poll on its sockets and on a wake-up, and on nothing else: an actor's job wakes it, a
/// readable socket wakes it, a timer's deadline bounds the wait. An actor takes it as its executor by
///
///     nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
///
/// and may then create and use sockets in its isolated methods, with no lock and no hop. Several actors may share one
/// thread. The thread ends when the last reference to it is gone; what is then still open on it is closed.
/// Never block it: handlers that compute run elsewhere.
public final class SocketThread: SerialExecutor {
    let loop: PollLoop

    /// Starts the thread.
    ///
    /// - Parameter name: shown by debuggers and top; Linux keeps 15 bytes.
    public init(name: String) throws(MessagingError) {
        loop = try PollLoop(name: name)
        try loop.start()
    }

    deinit {
        loop.end()
    }

    /// Whether the caller runs on this thread.
    public var isCurrent: Bool { loop.isCurrent }

    /// Runs `body` on this thread once `deadline` has passed; call it on this thread.
    ///
    /// - Returns: what `cancelTimer` takes.
    @discardableResult
    public func schedule(at deadline: ContinuousClock.Instant, _ body: @escaping () -> Void) -> TimerID {
        loop.preconditionCurrent("schedule a timer")
        return loop.timers.add(deadline: deadline, body: body)
    }

    /// Forgets a timer; one that has fired or is unknown is ignored. Call it on this thread.
    public func cancelTimer(_ timer: TimerID) {
        loop.preconditionCurrent("cancel a timer")
        loop.timers.remove(timer)
    }

    /// Runs `body` on this thread soon, after what was asked for before.
    public func perform(_ body: @escaping @Sendable () -> Void) {
        loop.add(.closure(body, owner: self))
    }

    /// Closes, soon, the sockets of an owner that goes away without having done so; in order, closed ones ignored.
    ///
    /// For nonisolated deinits: an isolated one would run here by itself, but makes every importer of this module fail to
    /// compile with optimisation ("circular reference", Swift 6.3.1, cross-module optimisation).
    func closeAbandoned(_ sockets: [ObjectIdentifier]) {
        guard !sockets.isEmpty else { return }
        perform { [loop] in
            for socket in sockets { loop.closeSocket(socket) }
        }
    }

    /// Runs an actor's job on this thread; called by the Swift runtime.
    public func enqueue(_ job: consuming ExecutorJob) {
        loop.add(.job(UnownedJob(job), owner: self))
    }

    /// Lets `assumeIsolated` accept code that the poll loop calls outside a job; called by the Swift runtime.
    public func checkIsolated() {
        loop.preconditionCurrent("enter an actor's isolation")
    }
}
