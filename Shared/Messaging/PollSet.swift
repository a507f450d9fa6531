#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The array that zmq_poll wants, kept between rounds and rebuilt only when a socket comes, goes or changes interest.
struct PollSet {
    var isStale = true
    private var items: [ZMQ.PollItem] = []
    private var sockets: [Socket] = []

    /// What one wait found.
    struct Ready {
        var wokenUp = false
        var sockets: [(socket: Socket, isReadable: Bool, isWritable: Bool)] = []
    }

    init() {}

    init(wakeUp: CInt, sockets all: some Sequence<Socket>) {
        isStale = false
        items = [ZMQ.pollItem(descriptor: wakeUp)]
        for socket in all {
            guard let handle = socket.handle else { continue }
            let (reads, writes) = (socket.readHandler != nil, socket.writeHandler != nil)
            guard reads || writes else { continue }
            items.append(ZMQ.pollItem(socket: handle, reads: reads, writes: writes))
            sockets.append(socket)
        }
    }

    mutating func wait(timeoutMilliseconds: Int) -> Ready {
        do throws(ZMQ.Failure) {
            try ZMQ.poll(&items, timeoutMilliseconds: timeoutMilliseconds)
        } catch {
            // EINTR: a signal came; look again. Anything else (ETERM: the context ends) would come again at once, so
            // every socket is called ready, and its own call reports the failure to its owner, who closes it.
            guard error.number != EINTR else { return Ready() }
            return Ready(wokenUp: true, sockets: sockets.map { ($0, true, false) })
        }
        var ready = Ready(wokenUp: items[0].isReadable)
        for (item, socket) in zip(items.dropFirst(), sockets) where item.isReadable || item.isWritable {
            ready.sockets.append((socket, item.isReadable, item.isWritable))
        }
        return ready
    }
}
