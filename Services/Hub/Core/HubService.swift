public import Blobs
import Foundation
public import Ledger
public import Logging
public import Messaging
public import ServiceLifecycle
import Wire

/// The hub's process: the exchange on a socket's thread.
///
/// What arrives together is one transaction of the ledger, and the answers leave after the commit, all in one turn of the
/// thread. There are no locks, and nothing waits.
public actor HubService: Service {
    private let thread: SocketThread
    private let exchange: Exchange
    private let logger: Logger
    private let volume: String
    private var servers: [RouterServer] = []
    private var failure: (any Error)?
    private var endings: [CheckedContinuation<Void, Never>] = []
    private var hasEnded = false
    private var segmentsFail = false

    /// A transaction costs as much as some five messages in it, so few messages a second are worth waiting for each other.
    private static let batchInterval = Duration.milliseconds(2)

    /// The socket's thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// Makes the hub of the run that the ledger holds.
    ///
    /// - Parameter incarnation: names this start of the hub.
    /// - Throws: `LedgerError`, or `MessagingError` if the thread cannot be started.
    public init(
        ledger: sending Ledger, blobs: BlobStore, settings: ExchangeSettings, incarnation: String, logger: Logger
    ) throws {
        thread = try SocketThread(name: "hub")
        exchange = try Exchange(
            ledger: ledger, blobs: blobs, settings: settings, incarnation: incarnation,
            host: ProcessInfo.processInfo.hostName, at: .now)
        volume = blobs.directory.path
        self.logger = logger
    }

    /// Listens for services; returns the endpoint with the port in use. It may listen at several.
    ///
    /// - Parameter curve: the keys, which an endpoint that other hosts can reach must have.
    public func listen(at endpoint: Endpoint, curve: CurveOptions? = nil) throws -> Endpoint {
        var configuration = RouterConfiguration()
        configuration.socket.curve = curve
        configuration.socket.maximumFrameBytes = 32 << 20
        configuration.batchLimit = 1_024
        configuration.batchInterval = Self.batchInterval
        let index = UInt8(servers.count)
        let server = try RouterServer(on: thread, configuration: configuration)
        server.batchHandler = { [weak self] batch in self?.assumeIsolated { $0.process(batch, from: index) } }
        server.eventHandler = { [weak self] event in self?.assumeIsolated { $0.note(event) } }
        do {
            let bound = try server.bind(to: endpoint)
            servers.append(server)
            return bound
        } catch {
            server.close()
            throw error
        }
    }

    /// Listens for those who watch the messages; call it after `listen`.
    public func listenForTap(at endpoint: Endpoint) throws -> Endpoint {
        precondition(!servers.isEmpty, "the tap belongs to the first endpoint")
        return try servers[0].bindTap(to: endpoint)
    }

    /// Serves until the run is finished or stopped, or the task is cancelled.
    ///
    /// - Throws: `LedgerError` if the ledger could not be written.
    public func run() async throws {
        tick()
        writeSegments()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.ended() }
            group.addTask { try? await gracefulShutdown() }
            await group.next()
            group.cancelAll()
        }
        end()
        for server in servers { server.close() }
        servers = []
        if let failure { throw failure }
    }

    private func ended() async {
        await withTaskCancellationHandler {
            if hasEnded { return }
            await withCheckedContinuation { endings.append($0) }
        } onCancel: {
            // Waiting is all that is cancelled; the thread wakes it.
            Task { await self.end() }
        }
    }

    private func end() {
        hasEnded = true
        for ending in endings { ending.resume() }
        endings = []
    }

    /// What is due though nothing arrives.
    private func tick() {
        guard !hasEnded else { return }
        exchange.noteFreeSpace(bytes: freeBytes())
        process([], from: 0)
        let due = ContinuousClock.now + .milliseconds(exchange.millisecondsToNextDeadline)
        _ = thread.schedule(at: due) { [weak self] in self?.assumeIsolated { $0.tick() } }
    }

    private func process(_ batch: [RouterMessage], from server: UInt8) {
        guard !hasEnded else { return }
        let inbound = batch.map { message in
            Inbound(
                peer: [server] + message.peer.bytes, provenRole: message.userID.flatMap(Role.init(named:)),
                frames: message.frames.map(\.bytes))
        }
        do {
            let outbound = try exchange.process(inbound, at: .now)
            for message in outbound { send(message) }
            publish(inbound, outbound)
        } catch {
            logger.critical("The hub ends because its ledger failed: \(error)")
            failure = error
            end()
        }
        for notice in exchange.notices { logger.notice("\(notice)") }
        if exchange.mayEnd(at: .now) {
            // Nobody is left to wait for it, and no other hub would do it.
            while !hasEnded, exchange.state == .finished, writeSegment() {}
            end()
        }
    }

    /// Moves what closed stages leave behind, piece by piece, and for a tenth of the time at most.
    private func writeSegments() {
        guard !hasEnded else { return }
        let begun = ContinuousClock.now
        let pause =
            writeSegment() ? begun.duration(to: .now) * 9 : .milliseconds(exchange.millisecondsToNextDeadline)
        _ = thread.schedule(at: .now + pause) { [weak self] in self?.assumeIsolated { $0.writeSegments() } }
    }

    /// Moves one piece; returns whether there is more to move.
    private func writeSegment() -> Bool {
        do {
            let isMore = try exchange.writeSegment()
            segmentsFail = false
            return isMore
        } catch let error as LedgerError {
            logger.critical("The hub ends because its ledger failed: \(error)")
            failure = error
            end()
        } catch {
            if !segmentsFail { logger.error("Bodies of closed stages stay in the ledger for now: \(error)") }
            segmentsFail = true
        }
        return false
    }

    private func send(_ outbound: Outbound) {
        let server = servers[Int(outbound.peer[0])]
        let frames = outbound.message.frames.map { Frame($0) }
        switch server.send(frames, to: PeerID(bytes: Array(outbound.peer.dropFirst()))) {
        case .sent, .queued: break
        case .unroutable, .cutOff: logger.debug("A \(outbound.message.envelope.type) found its peer gone.")
        }
    }

    /// The tap: every message, in both directions, for those who watch. It never waits for them.
    private func publish(_ inbound: [Inbound], _ outbound: [Outbound]) {
        guard let tap = servers.first, tap.tapHasReaders else { return }
        for message in inbound { publish("in", message.frames, on: tap) }
        for message in outbound { publish("out", message.message.frames, on: tap) }
    }

    private func publish(_ direction: String, _ frames: [[UInt8]], on tap: RouterServer) {
        tap.publish(topic: direction, frames.map { Frame($0) })
    }

    private func note(_ event: RouterEvent) {
        switch event {
        case .connection(let event):
            if case .handshakeFailed = event.kind {
                logger.error("hub: \(event)")
            } else {
                logger.debug("hub: \(event)")
            }
        case .refusedKey(let refused):
            logger.error("hub: \(refused)")
        case .refusedMessage(let peer, let count):
            logger.warning("A message of \(count) frames from peer \(peer) was refused: it has too many.")
        case .cutOff(let peer, let dropped):
            logger.warning("Peer \(peer) does not read; it was cut off with \(dropped) messages unsent.")
        case .failed(let error):
            logger.critical("The hub ends because its socket failed: \(error)")
            failure = error
            end()
        }
    }

    private func freeBytes() -> UInt64 {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: volume)
        return (attributes?[.systemFreeSize] as? NSNumber)?.uint64Value ?? .max
    }
}

extension Moment {
    /// Now, on both clocks.
    static var now: Moment {
        Moment(
            monotonicMilliseconds: Int64(ProcessInfo.processInfo.systemUptime * 1_000),
            unixMilliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
    }
}

extension Role {
    /// The role with this name, as the allow-list of keys spells it; nil for any other text.
    init?(named name: String) {
        guard let role = Role.allCases.first(where: { "\($0)" == name && $0 != .unspecified }) else { return nil }
        self = role
    }
}
