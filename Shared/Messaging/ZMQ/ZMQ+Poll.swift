import CZMQ

extension ZMQ {
    /// One thing to wait for.
    typealias PollItem = zmq_pollitem_t

    static func pollItem(socket: UnsafeMutableRawPointer, reads: Bool, writes: Bool) -> PollItem {
        let events = (reads ? ZMQ_POLLIN : 0) | (writes ? ZMQ_POLLOUT : 0)
        return PollItem(socket: socket, fd: 0, events: Int16(events), revents: 0)
    }

    static func pollItem(descriptor: CInt) -> PollItem {
        PollItem(socket: nil, fd: descriptor, events: Int16(ZMQ_POLLIN), revents: 0)
    }

    /// Waits until an item is ready; a negative timeout waits for as long as it takes.
    static func poll(_ items: inout [PollItem], timeoutMilliseconds: Int) throws(Failure) {
        let count = CInt(items.count)
        try check(items.withUnsafeMutableBufferPointer { zmq_poll($0.baseAddress, count, timeoutMilliseconds) })
    }
}

extension ZMQ.PollItem {
    var isReadable: Bool { revents & Int16(ZMQ_POLLIN) != 0 }
    var isWritable: Bool { revents & Int16(ZMQ_POLLOUT) != 0 }
}
