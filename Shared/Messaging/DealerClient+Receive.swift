extension DealerClient {
    /// Takes every message that waits, at least one, in order; an empty array when the client is closed or the task
    /// cancelled. One caller at a time.
    public func receiveBatch() async -> [[Frame]] {
        if let batch = takeInbox() { return batch }
        if closure != nil || Task.isCancelled { return [] }
        precondition(waitingReceiver == nil, "a DealerClient has one consumer")
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waitingReceiver = $0 }
        } onCancel: {
            thread.perform { [weak self] in self?.assumeIsolated { $0.cancelReceive() } }
        }
    }

    var readHandler: () -> Void {
        { [weak self] in self?.assumeIsolated { $0.readMessages() } }
    }

    private func takeInbox() -> [[Frame]]? {
        guard !inbox.isEmpty else { return nil }
        let batch = inbox
        inbox = []
        // Reading stops at the inbox's bound, and there is room again.
        if let socket, !socket.isClosed { socket.readHandler = readHandler }
        return batch
    }

    private func readMessages() {
        guard let socket else { return }
        reading: while inbox.count < configuration.inboxLimit {
            do throws(MessagingError) {
                switch try socket.receive(frameLimit: configuration.frameLimit) {
                case .nothing: break reading
                case .message(let message): inbox.append(message.frames)
                case .tooManyFrames: refusedMessageCount += 1
                }
            } catch {
                // The context has ended under the client, so no message will ever come.
                close(because: error)
                break
            }
        }
        if inbox.count >= configuration.inboxLimit { socket.readHandler = nil }
        if let receiver = waitingReceiver, let batch = takeInbox() {
            waitingReceiver = nil
            receiver.resume(returning: batch)
        }
    }

    private func cancelReceive() {
        waitingReceiver?.resume(returning: [])
        waitingReceiver = nil
    }
}
