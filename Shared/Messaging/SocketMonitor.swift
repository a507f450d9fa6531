import CZMQ
import Synchronization

/// Turns what libzmq reports about a socket's connections into `ConnectionEvent`s, on the socket's thread.
final class SocketMonitor {
    private static let events =
        ZMQ_EVENT_CONNECTED | ZMQ_EVENT_ACCEPTED | ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_HANDSHAKE_SUCCEEDED
        | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH

    private static let lastNumber = Atomic<UInt64>(0)

    private let monitored: Socket
    let pair: Socket
    private let handler: (ConnectionEvent) -> Void
    private var correlation = MonitorCorrelation()

    init(
        of socket: Socket, context: ZMQContext, on thread: SocketThread, handler: @escaping (ConnectionEvent) -> Void
    ) throws(MessagingError) {
        let number = Self.lastNumber.add(1, ordering: .relaxed).newValue
        let endpoint = Endpoint.inproc(name: "eightfold-monitor-\(number)")
        self.handler = handler
        monitored = socket
        let handle = try socket.openHandle("be watched")
        do throws(ZMQ.Failure) {
            try ZMQ.monitor(handle, endpoint.description, CInt(Self.events))
        } catch {
            throw .library("Watching the connections of a \(socket.kind) socket", error)
        }
        pair = try Socket(.pair, context: context, on: thread)
        try pair.connect(to: endpoint)
        pair.readHandler = { [weak self, weak pair] in
            if let self { self.readEvents() } else { pair?.close() }
        }
    }

    /// Stops watching.
    func close() {
        monitored.stopMonitor()
        pair.close()
    }

    private func readEvents() {
        // A failure means that the context has ended, which the watched socket's owner hears from that socket.
        while case .message(let message)? = try? pair.receive(frameLimit: 2) {
            guard let event = MonitorEvent(message.frames) else { continue }
            for connectionEvent in correlation.events(for: event) { handler(connectionEvent) }
        }
    }
}
