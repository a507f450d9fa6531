import Foundation
import Messaging
import Wire

/// Many workers of one role on one thread, each with a session and a connection of its own.
///
/// They speak the messages that real workers speak, heartbeats included, and complete at once what they are leased. What
/// a real worker does besides (an actor's hops, sampling) is not part of the measurement.
actor SimulatedWorkers {
    /// What the workers have done.
    struct Traffic {
        var sent = 0
        var received = 0
        var duration = Duration.zero
    }

    private let thread: SocketThread
    private let role: Role
    private let queue: Queue
    private let complete: @Sendable (Lease) throws -> Complete
    private var workers: [SimulatedWorker] = []
    private var traffic = Traffic()

    // What is waited for.
    private var awaited: Set<MessageType> = []
    private var left = 0
    private var waiter: CheckedContinuation<Void, any Error>?
    private var timer: TimerID?

    /// How many items each worker can hold, and whether credit is given back as items end.
    private var capacity = 0
    private var givesBack = false
    private var beats = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// - Parameter complete: a lease's completion.
    init(_ role: Role, leasing queue: Queue, complete: @escaping @Sendable (Lease) throws -> Complete) throws {
        self.role = role
        self.queue = queue
        self.complete = complete
        thread = try SocketThread(name: "bench-\(role)")
    }

    /// Connects so many workers and waits until the hub has welcomed them all.
    func join(_ count: Int, at endpoint: Endpoint, within limit: Duration) async throws {
        for index in 0..<count {
            let socket = try Socket(.dealer, on: thread)
            workers.append(SimulatedWorker(name: "\(role)-\(index + 1)", role: role, socket: socket))
            socket.readHandler = { [weak self] in self?.assumeIsolated { $0.read(index) } }
            try socket.connect(to: endpoint)
            let hello = Hello(role: role, name: workers[index].name, instance: workers[index].name, host: "bench")
            try send(.hello, hello.encoded(), by: index)
        }
        try await wait(for: [.welcome], count: count, what: "the hub's welcome", within: limit)
        beat()
    }

    /// Completes so many items and waits for the answers.
    ///
    /// - Parameters:
    ///   - capacity: how many items each worker holds at most.
    ///   - givesBack: whether a worker asks for another item for each that it has ended.
    /// - Returns: the messages that it took, both ways.
    func work(_ items: Int, capacity: Int, givesBack: Bool, within limit: Duration) async throws -> Traffic {
        self.capacity = capacity
        self.givesBack = givesBack
        traffic = Traffic()
        let start = ContinuousClock.now
        for index in workers.indices {
            workers[index].owed = 0
            try send(.credit, Credit(queue: queue, items: capacity).encoded(), by: index)
        }
        try await wait(for: [.answer], count: items, what: "\(items) completed items", within: limit)
        var done = traffic
        done.duration = .now - start
        if givesBack { try await takeBackCredit(within: limit) }
        return done
    }

    /// Says goodbye and closes every connection.
    func leave() {
        if let timer { thread.cancelTimer(timer) }
        timer = nil
        for index in workers.indices {
            // The hub takes a lost goodbye for silence.
            _ = try? workers[index].send(.goodbye, [])
            workers[index].socket.close()
        }
        workers = []
    }

    /// Credit has no answer, but a heartbeat has, and the hub takes one worker's messages in their order.
    private func takeBackCredit(within limit: Duration) async throws {
        for index in workers.indices {
            try send(.credit, Credit(queue: queue, items: 0).encoded(), by: index)
            try heartbeat(index)
        }
        try await wait(for: [.heartbeat], count: workers.count, what: "the hub's heartbeats", within: limit)
    }

    // MARK: Waiting

    private func wait(for types: Set<MessageType>, count: Int, what: String, within limit: Duration) async throws {
        awaited = types
        left = count
        let deadline = thread.schedule(at: .now + limit) { [weak self] in
            self?.assumeIsolated { workers in
                let error = BenchError(
                    "The \(workers.role)s waited \(limit) for \(what); \(workers.left) are missing.")
                workers.finish(throwing: error)
            }
        }
        defer { thread.cancelTimer(deadline) }
        try await withTaskCancellationHandler {
            try Task.checkCancellation()
            try await withCheckedThrowingContinuation { waiter = $0 }
        } onCancel: {
            thread.perform { [weak self] in self?.assumeIsolated { $0.finish(throwing: CancellationError()) } }
        }
    }

    private func finish(throwing error: (any Error)? = nil) {
        awaited = []
        if let error { waiter?.resume(throwing: error) } else { waiter?.resume() }
        waiter = nil
    }

    // MARK: Messages

    private func read(_ index: Int) {
        do {
            while case .message(let message) = try workers[index].socket.receive(frameLimit: 3) {
                try take(try WireMessage(frames: message.frames.map(\.bytes)), index)
                // It may have been the last, and the workers have left.
                guard workers.indices.contains(index) else { return }
            }
        } catch {
            finish(throwing: error)
        }
    }

    private func take(_ message: WireMessage, _ index: Int) throws {
        traffic.received += 1
        switch message.envelope.type {
        case .welcome: workers[index].run = try Welcome(decoding: message.payload).run
        case .work:
            for lease in try Work(decoding: message.payload).leases {
                let id = try send(.complete, try complete(lease).encoded(), by: index)
                workers[index].held[id] = lease.id
            }
        case .answer:
            let answer = try Answer(decoding: message.payload)
            guard answer.code == .ok else {
                throw BenchError("The hub refused what \(workers[index].name) sent: \(answer.reason)")
            }
            workers[index].held[answer.to] = nil
            try giveBack(index)
        default: break
        }
        if awaited.contains(message.envelope.type) {
            left -= 1
            if left == 0 { finish() }
        }
    }

    /// Asks for as many items as have ended, once that is worth a message.
    private func giveBack(_ index: Int) throws {
        guard givesBack else { return }
        workers[index].owed += 1
        if workers[index].held.isEmpty || workers[index].owed * 4 >= capacity {
            try send(.credit, Credit(queue: queue, items: workers[index].owed).encoded(), by: index)
            workers[index].owed = 0
        }
    }

    @discardableResult
    private func send(_ type: MessageType, _ payload: [UInt8], by index: Int) throws -> String {
        traffic.sent += 1
        return try workers[index].send(type, payload)
    }

    // MARK: Being heard

    private func heartbeat(_ index: Int) throws {
        try send(.heartbeat, Heartbeat(leases: workers[index].held.values.sorted()).encoded(), by: index)
    }

    /// Each worker is heard once a second, a tenth of them at a time.
    private func beat() {
        do {
            for index in workers.indices where index % 10 == beats % 10 { try heartbeat(index) }
        } catch {
            finish(throwing: error)
        }
        beats += 1
        timer = thread.schedule(at: .now + .milliseconds(100)) { [weak self] in
            self?.assumeIsolated { $0.beat() }
        }
    }
}
