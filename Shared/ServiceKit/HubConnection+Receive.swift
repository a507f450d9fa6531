import Logging
import Messaging
import Wire

extension HubConnection {
    /// Takes in what the hub sends, until it says stop.
    func receive() async throws {
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
}
