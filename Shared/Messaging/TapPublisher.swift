/// The XPUB side of the tap: shows messages to whoever subscribed, and never waits for them.
final class TapPublisher {
    private let socket: Socket
    /// Subscribed prefixes, each once, as XPUB reports them.
    private var prefixes: Set<[UInt8]> = []
    private var nextNumbers: [String: UInt64] = [:]

    var hasReaders: Bool { !prefixes.isEmpty }

    init(context: ZMQContext, on thread: SocketThread, options: SocketOptions) throws(MessagingError) {
        socket = try Socket(.xpub, context: context, on: thread, options: options)
        socket.readHandler = { [weak self, weak socket] in
            if let self { self.readSubscriptions() } else { socket?.close() }
        }
    }

    func bind(to endpoint: Endpoint) throws(MessagingError) -> Endpoint {
        try socket.bind(to: endpoint)
    }

    /// Shows a message to the readers of its topic; each one that has no room misses it, and learns so from the numbers.
    func publish(topic: String, _ frames: [Frame]) throws(MessagingError) {
        let number = nextNumbers[topic, default: 0]
        nextNumbers[topic] = number + 1
        // An XPUB never blocks: it drops for each reader whose high-water mark is reached.
        _ = try socket.send(TapMessage(topic: topic, number: number, frames: frames).wire)
    }

    func close() {
        socket.close()
    }

    /// A first byte of 1 subscribes to the prefix that follows, 0 ends it (zmq_socket(3), XPUB); only the first
    /// subscription and the last end of a prefix are reported.
    private func readSubscriptions() {
        // A failure is left to the next publish, which has an owner to tell.
        while case .message(let message)? = try? socket.receive(frameLimit: 1) {
            let bytes = message.frames[0].bytes
            switch bytes.first {
            case 1: prefixes.insert(Array(bytes.dropFirst()))
            case 0: prefixes.remove(Array(bytes.dropFirst()))
            default: break  // A message from a reader, which the tap has no use for.
            }
        }
    }
}
