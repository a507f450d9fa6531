import CEightfoldSystem
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The body of a `SocketThread`: what its pthread holds on to and runs.
///
/// It is apart from `SocketThread` so that the last reference to that can go away, even on the thread itself, and end
/// the loop. `@unchecked Sendable`, proof: `queue`, `wakeUp` and `owner` are safe by their types; `timers`, `sockets`
/// and `pollSet` are touched only on the thread, which every entry point checks with `preconditionCurrent`.
final class PollLoop: @unchecked Sendable {
    private let name: String
    private let queue = WorkQueue()
    private let wakeUp: WakeUp
    private let owner = Atomic<UInt>(0)

    var timers = TimerQueue()
    private var sockets: [ObjectIdentifier: Socket] = [:]
    private var pollSet = PollSet()

    init(name: String) throws(MessagingError) {
        self.name = name
        wakeUp = try WakeUp()
    }

    /// Starts the pthread, which keeps the loop alive until `end()`.
    func start() throws(MessagingError) {
        let argument = Unmanaged.passRetained(self).toOpaque()
        #if canImport(Glibc)
            var thread = pthread_t()
            let result = pthread_create(&thread, nil, { runPollLoop($0!) }, argument)
        #else
            var thread: pthread_t?
            let result = pthread_create(&thread, nil, { runPollLoop($0) }, argument)
        #endif
        guard result == 0 else {
            Unmanaged<PollLoop>.fromOpaque(argument).release()
            throw MessagingError(
                .system,
                "The thread \(name) could not be started: \(String(cString: strerror(result))). "
                    + "Raise the limit of processes and threads (ulimit -u).", errno: result)
        }
        #if canImport(Glibc)
            pthread_detach(thread)
        #else
            pthread_detach(thread!)
        #endif
    }

    func end() {
        queue.end()
        wakeUp.signal()
    }

    func add(_ work: WorkQueue.Work) {
        // From the thread itself no signal is needed: it looks before it waits.
        if queue.add(work) && !isCurrent { wakeUp.signal() }
    }

    /// False until the thread has begun, which is right: then the caller is another.
    var isCurrent: Bool { owner.load(ordering: .acquiring) == Self.currentThread }

    func preconditionCurrent(_ action: @autoclosure () -> String) {
        precondition(
            isCurrent,
            "Only the socket thread \(name) may \(action()); ZeroMQ sockets belong to one thread. "
                + "Do it in an actor whose executor is that SocketThread.")
    }

    private static var currentThread: UInt {
        #if canImport(Glibc)
            UInt(pthread_self())
        #else
            UInt(bitPattern: pthread_self())
        #endif
    }

    // MARK: Sockets

    /// Holds the socket until it is closed, so that it can only be closed by its thread.
    func adopt(_ socket: Socket) {
        sockets[ObjectIdentifier(socket)] = socket
    }

    func release(_ socket: Socket) {
        sockets[ObjectIdentifier(socket)] = nil
        pollSet.isStale = true
    }

    /// Closes a socket that may be closed already.
    func closeSocket(_ id: ObjectIdentifier) {
        sockets[id]?.close()
    }

    func interestChanged() {
        pollSet.isStale = true
    }

    // MARK: The loop

    fileprivate func run() {
        owner.store(Self.currentThread, ordering: .releasing)
        ef_set_thread_name(name)
        while true {
            let isEnding = runWork()
            runTimers()
            if isEnding { break }
            poll()
        }
        timers.removeAll()
        let left = Array(sockets.values)
        for socket in left { socket.stopMonitor() }
        for socket in left { socket.close() }
    }

    /// Runs what was queued when it began; returns whether the loop is to end.
    private func runWork() -> Bool {
        let (work, isEnding) = queue.takeAll()
        for piece in work {
            switch piece {
            case .job(let job, let owner): job.runSynchronously(on: owner.asUnownedSerialExecutor())
            case .closure(let body, _): body()
            }
        }
        return isEnding
    }

    private func runTimers() {
        guard timers.nextDeadline != nil else { return }
        let now = ContinuousClock.now
        while let body = timers.takeDue(at: now) { body() }
    }

    private func poll() {
        if pollSet.isStale { pollSet = PollSet(wakeUp: wakeUp.descriptor, sockets: sockets.values) }
        let ready = pollSet.wait(timeoutMilliseconds: queue.isIdle ? millisecondsToNextTimer() : 0)
        if ready.wokenUp { wakeUp.clear() }
        for (socket, isReadable, isWritable) in ready.sockets {
            // A handler may have closed this socket, or lost interest, since the poll: both make the handler nil.
            if isReadable { socket.readHandler?() }
            if isWritable { socket.writeHandler?() }
        }
    }

    /// -1 when no timer waits; rounded up, so that the loop never wakes just before a deadline and spins.
    private func millisecondsToNextTimer() -> Int {
        guard let deadline = timers.nextDeadline else { return -1 }
        let left = ContinuousClock.now.duration(to: deadline).components
        guard left.seconds >= 0, left.attoseconds >= 0 else { return 0 }
        return Int(min(left.seconds, 86_400)) * 1000 + Int(left.attoseconds / 1_000_000_000_000_000) + 1
    }
}

/// A C function pointer cannot capture, so this takes the loop back from the pointer that `start` retained.
private func runPollLoop(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Unmanaged<PollLoop>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}
