public import Wire

extension HubConnection {
    /// The items of a queue, as the hub leases them to this worker.
    ///
    /// - Parameters:
    ///   - capacity: the most items that the worker holds at a time.
    ///   - stage: experience only: the stage to lease from.
    ///   - round: experience only: the round to lease from.
    /// - Returns: the leases; the stream ends when the run is over or the connection has ended. End each lease with
    ///   `complete`, `fail` or `release`.
    public func leases(of queue: Queue, capacity: Int, stage: Int = 0, round: Int = 0) async -> AsyncStream<Lease> {
        let (stream, continuation) = AsyncStream.makeStream(of: Lease.self)
        subscriptions[queue]?.continuation.finish()
        let subscription = Subscription(continuation: continuation, capacity: capacity, stage: stage, round: round)
        subscriptions[queue] = subscription
        if stopReason != nil { continuation.finish() }
        if welcome != nil { await giveCredit(queue, capacity, subscription) }
        return stream
    }

    /// Ends a lease with its outputs.
    ///
    /// - Returns: once the hub has committed it, now or before.
    /// - Throws: `ServiceError` of code `refused` if the hub refused it, with the hub's reason: the work is void. The
    ///   lease was failed then, unless it had ended already; those of a checkpoint are kept.
    public func complete(_ complete: Complete) async throws {
        do {
            try await end(complete.leases, .complete, complete.encoded())
        } catch let error as ServiceError where error.code == .refused {
            // A refused completion leaves its lease live; unended, the item would be leased again for ever.
            if complete.checkpoint == nil, let lease = complete.leases.first, !Self.leaseIsOver(error.reasonCode) {
                // Whatever the hub says to that, the first refusal is what went wrong.
                try? await fail(lease, reason: error.message, retriable: true)
            }
            throw error
        }
    }

    /// Whether a refusal says that the lease is not this worker's any more.
    private static func leaseIsOver(_ reasonCode: String) -> Bool {
        ["lease-expired", "not-yours", "unknown-lease"].contains(reasonCode)
    }

    /// Ends a lease because the work cannot be done.
    ///
    /// - Parameter retriable: whether another try may succeed.
    public func fail(_ lease: UInt64, reason: String, retriable: Bool) async throws {
        try await end([lease], .fail, Fail(lease: lease, reason: reason, retriable: retriable).encoded())
    }

    /// Gives leases back untouched.
    public func release(_ leases: [UInt64]) async throws {
        guard !leases.isEmpty else { return }
        try await end(leases, .release, Release(leases: leases).encoded())
    }

    /// Takes back the credit of a queue: nothing new is leased.
    public func withdraw(_ queue: Queue) async {
        guard let subscription = subscriptions.removeValue(forKey: queue) else { return }
        subscription.continuation.finish()
        await giveCredit(queue, 0, subscription)
    }

    /// The leases of a queue that this worker holds.
    public func held(of queue: Queue) -> [UInt64] {
        held.filter { $0.value == queue }.map(\.key).sorted()
    }

    /// Says what the service waits for, for `eightfold status`; nil while it works.
    public func note(waitingFor what: String?) {
        if waiting?.what != what { waiting = what.map { ($0, .now) } }
    }

    /// Says how many tokens the service has sampled or trained on since its start.
    public func note(tokens: UInt64) { self.tokens = tokens }

    /// Says how far the run is, as one line of JSON.
    public func note(progress: String) { self.progress = progress }

    /// Asks the hub how the run is.
    public func status(withDeadLetters: Bool = false) async throws -> Status {
        let reply = try await request(.statusRequest, StatusRequest(withDeadLetters: withDeadLetters).encoded())
        return try Status(decoding: reply.payload)
    }

    /// Gives the hub a command.
    public func command(_ command: Command) async throws {
        try await answered(.command, command.encoded())
    }

    /// Sends a message and waits for an `Answer` that is no refusal.
    private func answered(_ type: MessageType, _ payload: [UInt8]) async throws {
        let reply = try await request(type, payload)
        let answer = try Answer(decoding: reply.payload)
        guard answer.code == .ok || answer.code == .alreadyDone else {
            throw ServiceError(.refused, answer.reason, reasonCode: answer.reasonCode)
        }
    }

    /// Ends leases with a message. Whatever the hub answers, they are no longer in this worker's hands.
    private func end(_ leases: [UInt64], _ type: MessageType, _ payload: [UInt8]) async throws {
        do {
            try await answered(type, payload)
        } catch {
            await forget(leases)
            throw error
        }
        await forget(leases)
    }

    private func forget(_ leases: [UInt64]) async {
        var queues: Set<Queue> = []
        for lease in leases {
            guard let queue = held.removeValue(forKey: lease) else { continue }
            subscriptions[queue]?.owed += 1
            queues.insert(queue)
        }
        for queue in queues {
            guard let subscription = subscriptions[queue] else { continue }
            let isIdle = !held.values.contains(queue)
            if isIdle || subscription.owed * 4 >= subscription.capacity { await giveBack(queue) }
        }
    }

    /// Gives the credit of ended leases, unless it is for one round's experience, whose number is known.
    func giveBack(_ queue: Queue) async {
        guard let subscription = subscriptions[queue], subscription.owed > 0, queue != .experience else { return }
        subscriptions[queue]?.owed = 0
        await giveCredit(queue, subscription.owed, subscription)
    }

    func giveCredit(_ queue: Queue, _ items: Int, _ subscription: Subscription) async {
        let credit = Credit(queue: queue, items: items, stage: subscription.stage, round: subscription.round)
        await send(.credit, credit.encoded())
    }
}
