import Foundation
public import Logging
public import ServiceLifecycle
import Messaging
public import Wire

/// A service's end of the conversation with the hub.
///
/// It says hello, is heard regularly, asks for work by credit, and sends each result until the hub has answered. When
/// the hub is gone it waits for it to come back, says hello again and sends again what was not answered; the hub takes a
/// completion that it has committed before for what it is. Only `run` waits on the socket; all else returns what `run`
/// brings, or fails when `run` ends.
public actor HubConnection: Service {
    /// What the service is at the hub.
    public nonisolated let settings: ConnectionSettings
    nonisolated let logger: Logger
    let client: DealerClient
    let instance: String

    // What the hub said.
    var welcome: Welcome?
    var lastHeard: ContinuousClock.Instant
    /// Why the run is over; nil while it goes on.
    public private(set) var stopReason: String?
    /// How many samplers `scale` asked for; 0 for no wish.
    public private(set) var wantedSamplers = 0

    // Work.
    var subscriptions: [Queue: Subscription] = [:]
    var held: [UInt64: Queue] = [:]

    // Requests that wait for an answer, by message id.
    var pending: [String: Pending] = [:]
    var sentCount: UInt64 = 0
    private var helloCount = 0
    private var helloPrefix: String { "\(instance)-h" }
    private var welcomeWaiters: [CheckedContinuation<Welcome, any Error>] = []
    private var endWaiters: [CheckedContinuation<Void, Never>] = []
    var ended: ServiceError?
    /// The last handshake that failed, and why.
    private var handshakeFailure: String?
    /// Why the hub did not take the hello.
    private var refusal: ServiceError?

    // What the next heartbeat tells.
    var waiting: (what: String, since: ContinuousClock.Instant)?
    var tokens: UInt64 = 0
    var progress = ""

    /// The items of one queue that a worker takes.
    struct Subscription {
        let continuation: AsyncStream<Lease>.Continuation
        /// The most items held at a time.
        let capacity: Int
        /// Credit to give back once it is worth a message.
        var owed = 0
        let stage: Int
        let round: Int
    }

    /// A message that was sent and not answered.
    struct Pending {
        let type: MessageType
        let payload: [UInt8]
        let chunk: [UInt8]?
        let continuation: CheckedContinuation<Reply, any Error>
        /// Grows with each request: the order in which they are sent again.
        let number: UInt64
        /// How often it was sent.
        var attempt: Int
    }

    /// What answers a message.
    struct Reply: Sendable {
        let type: MessageType
        let payload: [UInt8]
        let chunk: [UInt8]?
    }

    /// Makes a connection; `run` opens it.
    public init(_ settings: ConnectionSettings, logger: Logger) {
        self.settings = settings
        self.logger = logger
        var configuration = DealerConfiguration()
        configuration.socket.curve = settings.curve
        client = DealerClient(on: SocketThread.named(settings.name), configuration: configuration)
        instance = "\(settings.name)-\(UInt64.random(in: 0 ... .max))"
        lastHeard = .now
    }

    /// Talks to the hub until the run is over, the hub has been gone for too long, or the task is cancelled.
    ///
    /// - Throws: `ServiceError` of code `hubGone`, or `input` if the endpoint cannot be used or the hub does not let
    ///   this service in.
    public func run() async throws {
        defer { end(ServiceError(.closed, "\(settings.name) has left the hub.")) }
        do {
            try await client.connect(to: settings.endpoint)
        } catch {
            throw ServiceError(.input, "\(settings.name) cannot reach \(settings.endpoint): \(error)")
        }
        lastHeard = .now
        await sayHello()
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await self.receive() }
                group.addTask { try await self.beat() }
                group.addTask { await self.watchConnection() }
                // The first to end ends the others: the hub's stop, a hub that is gone, or cancellation.
                try await group.next()
                group.cancelAll()
            }
        } catch let error as ServiceError {
            end(error)
            await client.close()
            throw error
        } catch is CancellationError {
            // The service is ending: it says goodbye below.
        }
        await leave()
    }

    /// What the hub said at the welcome; waits for it.
    public func welcomed() async throws -> Welcome {
        if let ended { throw ended }
        if let welcome { return welcome }
        return try await withCheckedThrowingContinuation { welcomeWaiters.append($0) }
    }

    /// Waits until the run is over or the connection has ended.
    public func finished() async {
        if stopReason != nil || ended != nil { return }
        await withCheckedContinuation { endWaiters.append($0) }
    }

    // MARK: Receiving

    private func receive() async throws {
        while stopReason == nil {
            let batch = await client.receiveBatch()
            guard !batch.isEmpty else {
                try Task.checkCancellation()
                // Only a server that will not have it closes a client for good.
                throw ServiceError(
                    .input,
                    "\(settings.name) was not let in (\(handshakeFailure ?? "the hub at \(settings.endpoint) closed the connection")). "
                        + "Give it its role's keys and the hub's public key with --keys.")
            }
            lastHeard = .now
            for frames in batch { await handle(frames) }
            if let refusal { throw refusal }
        }
    }

    private func handle(_ frames: [Frame]) async {
        do {
            let message = try WireMessage(frames: frames.map(\.bytes))
            switch message.envelope.type {
            case .welcome: try await accept(Welcome(decoding: message.payload))
            case .heartbeat:
                let heartbeat = try Heartbeat(decoding: message.payload)
                wantedSamplers = heartbeat.wantedSamplers
                if let welcome, welcome.hubIncarnation != heartbeat.hubIncarnation { await sayHello() }
            case .work: await deliver(try Work(decoding: message.payload))
            case .answer:
                let answer = try Answer(decoding: message.payload)
                if answer.code == .unknownSession {
                    await sayHello()
                } else if answer.to.hasPrefix(helloPrefix) {
                    refusal = ServiceError(
                        .input,
                        "\(settings.name) was not let in: the hub at \(settings.endpoint) says: \(answer.reason)",
                        reasonCode: answer.reasonCode)
                } else {
                    resume(answer.to, message)
                }
            case .blobChunk: resume(try BlobChunk(decoding: message.payload).to, message)
            case .status: resume(message.envelope.causes.first ?? "", message)
            case .stop: stop(try Stop(decoding: message.payload).reason)
            default: logger.warning("The hub sent a \(message.envelope.type), which no service takes.")
            }
        } catch {
            logger.error("A message of the hub cannot be read: \(error)")
        }
    }

    private func accept(_ welcome: Welcome) async {
        let isNew = self.welcome == nil
        self.welcome = welcome
        for waiter in welcomeWaiters { waiter.resume(returning: welcome) }
        welcomeWaiters = []
        if !isNew { logger.notice("\(settings.name) is known to the hub again.") }
        // Credit does not survive a hello; what was not answered is sent again.
        for (queue, subscription) in subscriptions {
            let free = subscription.capacity - held.values.count { $0 == queue }
            subscriptions[queue]?.owed = 0
            await giveCredit(queue, 0, subscription)
            if free > 0 { await giveCredit(queue, free, subscription) }
        }
        for (id, request) in pending.sorted(by: { $0.value.number < $1.value.number }) {
            pending[id]?.attempt += 1
            await send(request.type, request.payload, id: id, chunk: request.chunk, attempt: request.attempt + 1)
        }
    }

    private func deliver(_ work: Work) async {
        var unwanted: [UInt64] = []
        for lease in work.leases {
            guard let subscription = subscriptions[lease.item.queue] else {
                // It was on its way when the credit was taken back.
                unwanted.append(lease.id)
                continue
            }
            held[lease.id] = lease.item.queue
            subscription.continuation.yield(lease)
        }
        // Nothing waits for the answer: a release that is lost shows in the next heartbeats, which do not list it.
        if !unwanted.isEmpty { await send(.release, Release(leases: unwanted).encoded()) }
    }

    private func stop(_ reason: String) {
        guard stopReason == nil else { return }
        stopReason = reason
        logger.info("The hub says stop: \(reason)")
        for subscription in subscriptions.values { subscription.continuation.finish() }
        for waiter in endWaiters { waiter.resume() }
        endWaiters = []
    }

    private func resume(_ id: String, _ message: WireMessage) {
        let reply = Reply(type: message.envelope.type, payload: message.payload, chunk: message.chunk)
        pending.removeValue(forKey: id)?.continuation.resume(returning: reply)
    }

    // MARK: Being heard

    private func beat() async throws {
        while true {
            let beat = Duration.milliseconds(welcome?.heartbeatMilliseconds ?? 1_000)
            try await Task.sleep(for: beat)
            let silence = ContinuousClock.now - lastHeard
            if silence > settings.goneAfter {
                throw ServiceError(
                    .hubGone,
                    "\(settings.name) waited \(silence.formatted) for the hub at \(settings.endpoint) "
                        + "(limit \(settings.goneAfter.formatted)). It is gone, or an endpoint or a key is wrong.")
            }
            if silence > beat * 5 {
                logger.warning("\(settings.name) has waited \(silence.formatted) for the hub at \(settings.endpoint).")
            }
            guard welcome != nil else {
                await sayHello()
                continue
            }
            for (queue, subscription) in subscriptions where subscription.owed > 0 { await giveBack(queue) }
            await send(
                .heartbeat,
                Heartbeat(
                    waitingFor: waiting?.what ?? "",
                    waitingMilliseconds: waiting.map { (ContinuousClock.now - $0.since).milliseconds } ?? 0,
                    leases: held.keys.sorted(), tokens: tokens, progress: progress
                ).encoded())
        }
    }

    private func watchConnection() async {
        for await event in client.events {
            switch event.kind {
            case .handshakeFailed:
                logger.error("\(settings.name): \(event)")
                handshakeFailure = "\(event)"
            default: logger.debug("\(settings.name): \(event)")
            }
        }
        // A closed stream is no reason to end: `receive` and `beat` decide.
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(3_600)) }
    }

    private func sayHello() async {
        let hello = Hello(
            role: settings.role, name: settings.name, instance: instance, host: ProcessInfo.processInfo.hostName,
            processID: Int(ProcessInfo.processInfo.processIdentifier), numerics: settings.numerics)
        helloCount += 1
        await send(.hello, hello.encoded(), id: "\(helloPrefix)\(helloCount)")
    }

    private func leave() async {
        await send(.goodbye, [])
        await client.close()
    }

    private func end(_ error: ServiceError) {
        guard ended == nil else { return }
        ended = error
        for subscription in subscriptions.values { subscription.continuation.finish() }
        for request in pending.values { request.continuation.resume(throwing: error) }
        pending = [:]
        for waiter in welcomeWaiters { waiter.resume(throwing: error) }
        welcomeWaiters = []
        for waiter in endWaiters { waiter.resume() }
        endWaiters = []
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int { Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000) }
    /// Seconds with one decimal, for people.
    var formatted: String { "\(Double(milliseconds / 100) / 10) s" }
}
