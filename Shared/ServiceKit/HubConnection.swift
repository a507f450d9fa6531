import Basics
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
    public internal(set) var stopReason: String?
    /// How many samplers `scale` asked for; 0 for no wish.
    public internal(set) var wantedSamplers = 0

    // Work.
    var subscriptions: [Queue: Subscription] = [:]
    var held: [UInt64: Queue] = [:] { didSet { tellTime() } }

    /// Blobs of the hub's own store that were verified.
    var mapped: [ContentHash: URL] = [:]

    // Requests that wait for an answer, by message id.
    var pending: [String: Pending] = [:]
    var sentCount: UInt64 = 0
    private var helloCount = 0
    var helloPrefix: String { "\(instance)-h" }
    var welcomeWaiters: [CheckedContinuation<Welcome, any Error>] = []
    var endWaiters: [CheckedContinuation<Void, Never>] = []
    var ended: ServiceError?
    /// The last handshake that failed, and why.
    var handshakeFailure: String?
    /// Why the hub did not take the hello.
    var refusal: ServiceError?

    // What the next heartbeat tells.
    var waiting: (what: String, since: ContinuousClock.Instant)? { didSet { tellTime() } }
    private var time = WaitingTime(at: .now)
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
            let now = ContinuousClock.now
            await send(
                .heartbeat,
                Heartbeat(
                    waitingFor: waiting?.what ?? "",
                    waitingMilliseconds: waiting.map { (now - $0.since).milliseconds } ?? 0,
                    leases: held.keys.sorted(), tokens: tokens, progress: progress,
                    waitedMilliseconds: UInt64(time.waited(at: now).milliseconds),
                    upMilliseconds: UInt64(time.up(at: now).milliseconds)
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

    func sayHello() async {
        let hello = Hello(
            role: settings.role, name: settings.name, instance: instance, host: ProcessInfo.processInfo.hostName,
            processID: Int(ProcessInfo.processInfo.processIdentifier), numerics: settings.numerics)
        helloCount += 1
        await send(.hello, hello.encoded(), id: "\(helloPrefix)\(helloCount)")
    }

    /// A worker without a lease has nothing to do, whatever it says; one that holds some may still wait for others.
    private func tellTime() { time.set(waits: held.isEmpty || waiting != nil, at: .now) }

    private func leave() async {
        if settings.role != .operator {
            let (waited, up) = (time.waited(at: .now), time.up(at: .now))
            let trained = tokens > 0 ? ", and sampled or trained on \(tokens) tokens in the rest" : ""
            logger.info("\(settings.name) waited for work for \(waited.formatted) of \(up.formatted)\(trained).")
        }
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
