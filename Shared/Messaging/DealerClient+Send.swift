extension DealerClient {
    /// Hands a message to libzmq; waits, in order, while the high-water mark is reached.
    ///
    /// It does not wait for the server: messages queue up to the mark before the first connection and between two.
    ///
    /// - Throws: `closed`; `refused` when the server has not accepted this client; `cancelled` if the task was cancelled while it waited, and then the message was not sent.
    public func send(_ frames: [Frame]) async throws(MessagingError) {
        if let closure { throw closure }
        guard let socket else { preconditionFailure("a DealerClient must connect before it sends") }
        if waitingSends.isEmpty, try socket.send(frames) == .sent { return }
        lastSendID += 1
        let id = lastSendID
        let failure = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waitingSends.append(WaitingSend(id: id, frames: frames, continuation: continuation))
                socket.writeHandler = writeHandler
            }
        } onCancel: {
            // Runs on the thread after the job that appends, even if the task was cancelled before.
            thread.perform { [weak self] in self?.assumeIsolated { $0.cancelSend(id) } }
        }
        if let failure { throw failure }
    }

    private var writeHandler: () -> Void {
        { [weak self] in self?.assumeIsolated { $0.sendWaiting() } }
    }

    private func sendWaiting() {
        var doneCount = 0
        loop: for send in waitingSends {
            do throws(MessagingError) {
                // A DEALER has no routes, so what is not sent would block.
                guard let socket, try socket.send(send.frames) == .sent else { break loop }
                send.continuation.resume(returning: nil)
            } catch {
                send.continuation.resume(returning: error)
            }
            doneCount += 1
        }
        waitingSends.removeFirst(doneCount)
        if waitingSends.isEmpty { socket?.writeHandler = nil }
    }

    private func cancelSend(_ id: UInt64) {
        guard let index = waitingSends.firstIndex(where: { $0.id == id }) else { return }
        waitingSends.remove(at: index).continuation.resume(
            returning: MessagingError(
                .cancelled, "Sending was cancelled while the connection took no more messages; nothing was sent."))
        if waitingSends.isEmpty { socket?.writeHandler = nil }
    }
}
