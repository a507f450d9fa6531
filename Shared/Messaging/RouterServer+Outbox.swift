extension RouterServer {
    /// How soon a full connection is tried again. ROUTER has no event for one peer's room: its POLLOUT says that *any*
    /// peer has room. So this timer runs while, and only while, something waits; the mark of 1000 messages refills in it.
    private static let retryInterval: Duration = .milliseconds(5)

    /// The number of messages that wait in outboxes, over all peers.
    public var waitingMessageCount: Int { outboxes.values.reduce(0) { $0 + $1.count } }

    func offer(_ frames: [Frame], to peer: PeerID) -> SendResult {
        do throws(MessagingError) {
            return try router.send(frames, to: peer)
        } catch {
            // Closed, or the context has ended: nobody can be reached, which `fail` tells the owner once.
            if error.code != .closed { fail(error) }
            return .unroutable
        }
    }

    func enqueue(_ frames: [Frame], for peer: PeerID) -> RouterSendResult {
        let waiting = outboxes[peer]
        guard (waiting?.byteCount ?? 0) + Outbox.cost(frames) <= configuration.outboxByteLimit else {
            outboxes[peer] = nil
            cutOff.insert(peer)
            eventHandler?(.cutOff(peer, droppedMessages: (waiting?.count ?? 0) + 1))
            return .cutOff
        }
        outboxes[peer, default: Outbox()].append(frames)
        scheduleRetry()
        return .queued
    }

    private func scheduleRetry() {
        guard retryTimer == nil, !outboxes.isEmpty else { return }
        retryTimer = thread.schedule(at: .now + Self.retryInterval) { [weak self] in
            guard let self else { return }
            self.retryTimer = nil
            for peer in Array(self.outboxes.keys) { self.flush(peer) }
            self.scheduleRetry()
        }
    }

    private func flush(_ peer: PeerID) {
        while let frames = outboxes[peer]?.first {
            switch offer(frames, to: peer) {
            case .sent: outboxes[peer]?.removeFirst()
            case .wouldBlock: return
            case .unroutable: outboxes[peer] = nil  // The connection is gone, and its leases with it.
            }
        }
        outboxes[peer] = nil
    }
}
