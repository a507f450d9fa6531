import Messaging
public import ServiceKit
import Synchronization

/// Watches the messages of a run until the run has ended, `count` lines were shown, or the task is cancelled.
///
/// - Throws: `ServiceError` if there is no run, it is not running, or the hub has been gone for 10 s.
public func watchTap(
    of folder: RunFolder, filter: TapFilter, count: Int?, show: @escaping @Sendable (TapEvent) -> Void
) async throws {
    let endpoint = try Endpoint(try folder.readEndpoints().tap)
    let reader = TapReader(on: try SocketThread(name: "tap"))
    try await reader.connect(to: endpoint, prefixes: [""])
    let absence = Absence()
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await showMessages(of: reader, TapView(filter), count, show) }
        group.addTask {
            for await event in reader.events {
                switch event.kind {
                case .ready: absence.since.withLock { $0 = nil }
                case .disconnected: absence.since.withLock { $0 = .now }
                case .handshakeFailed(let reason, isFinal: true):
                    throw ServiceError(.refused, "The tap at \(endpoint) refused this reader: \(reason)")
                default: break
                }
            }
            // The messages that were received are still to be shown.
            try await Task.sleep(for: .seconds(3_600))
        }
        group.addTask {
            while (try? folder.readEndpoints()) != nil {
                if let since = absence.since.withLock({ $0 }), ContinuousClock.now - since > .seconds(10) {
                    throw ServiceError(
                        .hubGone, "The tap waited 10 s for the hub at \(endpoint), which does not answer.")
                }
                try await Task.sleep(for: .milliseconds(200))
            }
            await reader.close()
            try await Task.sleep(for: .seconds(3_600))
        }
        defer { group.cancelAll() }
        try await group.next()
    }
    await reader.close()
}

/// Since when nobody has answered; nil while somebody does.
private final class Absence: Sendable {
    let since = Mutex<ContinuousClock.Instant?>(.now)
}

private func showMessages(
    of reader: TapReader, _ view: TapView, _ count: Int?, _ show: @Sendable (TapEvent) -> Void
) async {
    var view = view
    var shown = 0
    var lost = LossReport()
    for await message in reader.messages {
        if let more = lost.report(await reader.missedCount, at: .now) { show(.lost(more)) }
        guard let line = view.line(message.topic, message.frames.map(\.bytes)) else { continue }
        show(.line(line))
        shown += 1
        if let count, shown >= count { break }
    }
    if let more = lost.report(await reader.missedCount, at: .now, isLast: true) { show(.lost(more)) }
}
