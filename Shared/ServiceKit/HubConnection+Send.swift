import Foundation
import Logging
import Messaging
import Wire

extension HubConnection {
    func send(
        _ type: MessageType, _ payload: [UInt8], id: String? = nil, chunk: [UInt8]? = nil,
        attempt: Int = 1
    ) async {
        sentCount += 1
        let envelope = Envelope(
            major: WireVersion.major, minor: WireVersion.minor, type: type, run: welcome?.run ?? "",
            id: id ?? "\(instance)-\(sentCount)", causes: [], sender: settings.name,
            sentUnixNanoseconds: UInt64(max(0, Date().timeIntervalSince1970) * 1e9), attempt: attempt)
        let message = WireMessage(envelope: envelope, payload: payload, chunk: chunk)
        do {
            try await client.send(message.frames.map { Frame($0) })
        } catch {
            // A message that could not leave is like one that was lost: what matters is sent again.
            logger.debug("\(settings.name) could not send a \(type): \(error)")
        }
    }

    /// Sends a message and waits for what answers it, over as many starts of the hub as it takes, or until the
    /// task is cancelled.
    func request(_ type: MessageType, _ payload: [UInt8], chunk: [UInt8]? = nil) async throws -> Reply {
        if let ended { throw ended }
        sentCount += 1
        let number = sentCount
        let id = "\(instance)-r\(number)"
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
                // Before the welcome nothing else is understood; then all that waits is sent.
                let isWelcome = welcome != nil
                pending[id] = Pending(
                    type: type, payload: payload, chunk: chunk, continuation: continuation, number: number,
                    attempt: isWelcome ? 1 : 0)
                // A continuation's body cannot wait; what is not sent now is sent again after the next welcome.
                if isWelcome { Task { await send(type, payload, id: id, chunk: chunk) } }
            }
        } onCancel: {
            Task { await self.giveUp(id) }
        }
    }

    /// Waits no longer for what answers a message; it may still be carried out.
    private func giveUp(_ id: String) {
        pending.removeValue(forKey: id)?.continuation.resume(throwing: CancellationError())
    }
}
