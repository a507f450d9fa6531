import CEightfoldSystem

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A descriptor that any thread can make readable, so that a thread in zmq_poll sees work that is not a message.
struct WakeUp: ~Copyable, Sendable {
    let descriptor: CInt
    private let writeEnd: CInt

    init() throws(MessagingError) {
        var (readEnd, writeEnd) = (CInt(-1), CInt(-1))
        guard ef_eventfd(&readEnd, &writeEnd) == 0 else {
            throw MessagingError(
                .system,
                "A socket thread needs a wake-up descriptor: \(String(cString: strerror(errno))). "
                    + "Raise the limit of open files (ulimit -n).", errno: errno)
        }
        descriptor = readEnd
        self.writeEnd = writeEnd
    }

    deinit {
        if writeEnd != descriptor { close(writeEnd) }
        close(descriptor)
    }

    func signal() {
        // An eventfd takes exactly 8 bytes. A full counter or pipe means that the wake-up is already readable.
        var one: UInt64 = 1
        _ = write(writeEnd, &one, MemoryLayout<UInt64>.size)
    }

    func clear() {
        var sink: UInt64 = 0
        // One read empties an eventfd; a pipe may hold one entry per signal.
        while read(descriptor, &sink, MemoryLayout<UInt64>.size) > 0, writeEnd != descriptor {}
    }
}
