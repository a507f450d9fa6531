import Messaging
import Synchronization
import Testing
import Wire

@testable import ServiceKit

/// A hub that says what the test tells it to, over inproc.
actor ScriptedHub {
    let endpoint: Endpoint
    private let thread: SocketThread
    private var server: RouterServer?
    private var inbox: [(peer: PeerID, message: WireMessage)] = []
    private var waiter: CheckedContinuation<Void, Never>?
    private var peer: PeerID?
    private var sentCount = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private static let lastNumber = Atomic<Int>(0)

    init() throws {
        thread = try SocketThread(name: "scripted hub")
        endpoint = try Endpoint("inproc://scripted-\(Self.lastNumber.add(1, ordering: .relaxed).newValue)")
    }

    @discardableResult
    func listen(at place: Endpoint? = nil) throws -> Endpoint {
        let server = try RouterServer(on: thread)
        server.batchHandler = { [weak self] batch in self?.assumeIsolated { $0.take(batch) } }
        self.server = server
        return try server.bind(to: place ?? endpoint)
    }

    func close() { server?.close() }

    private func take(_ batch: [RouterMessage]) {
        for received in batch {
            do {
                inbox.append((received.peer, try WireMessage(frames: received.frames.map(\.bytes))))
            } catch {
                Issue.record("a connection sent what is no message: \(error)")
            }
        }
        wake()
    }

    /// The next message of a type, for which the test is the only one to wait; those before it are passed over.
    func next(_ type: MessageType) async throws -> WireMessage {
        while true {
            while !inbox.isEmpty {
                let (peer, message) = inbox.removeFirst()
                self.peer = peer
                if message.envelope.type == type { return message }
            }
            try Task.checkCancellation()
            await withTaskCancellationHandler {
                await withCheckedContinuation { waiter = $0 }
            } onCancel: {
                thread.perform { [weak self] in self?.assumeIsolated { $0.wake() } }
            }
        }
    }

    private func wake() {
        waiter?.resume()
        waiter = nil
    }

    /// The next message of a type, read.
    func next<Value: WireValue>(_ type: MessageType, as value: Value.Type) async throws -> Value {
        try Value(decoding: await next(type).payload)
    }

    /// Sends a message to the connection that was last heard.
    func send(_ type: MessageType, _ value: some WireValue, because cause: String = "", chunk: [UInt8]? = nil) {
        guard let peer else {
            Issue.record("the hub has heard nobody to send a \(type) to")
            return
        }
        sentCount += 1
        let envelope = Envelope(
            major: WireVersion.major, minor: WireVersion.minor, type: type, run: "run", id: "hub-\(sentCount)",
            causes: [cause], sender: "hub", attempt: 1)
        let message = WireMessage(envelope: envelope, payload: value.encoded(), chunk: chunk)
        server?.send(message.frames.map { Frame($0) }, to: peer)
    }

    /// Takes the next hello, and welcomes who said it.
    func welcome(_ incarnation: String = "first") async throws {
        _ = try await next(.hello)
        send(
            .welcome,
            Welcome(
                run: "run", hubIncarnation: incarnation, heartbeatMilliseconds: 20, leaseMilliseconds: 200, seed: 5,
                host: "nowhere"))
    }

    /// Answers a message.
    func answer(_ message: WireMessage, _ code: AnswerCode, reasonCode: String = "", reason: String = "") {
        send(.answer, Answer(code: code, to: message.envelope.id, reasonCode: reasonCode, reason: reason))
    }

    /// Hands out leases of these numbers.
    func lease(_ ids: UInt64..., from queue: Queue = .rollouts) {
        send(.work, Work(leases: ids.map { Lease(id: $0, item: Item(id: "item-\($0)", queue: queue)) }))
    }
}
