import Messaging
public import ServiceKit
import Synchronization

/// What watching a tap brings.
public enum TapEvent: Sendable {
    /// A message.
    case line(TapLine)
    /// So many messages more were lost, because this reader or its connection was too slow. The run did not wait.
    case lost(UInt64)
}

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

/// How often it is said that messages were lost: a reader that is too slow must not be told so after every line.
struct LossReport {
    private var told: UInt64 = 0
    private var toldAt: ContinuousClock.Instant?

    /// How many were lost since the last time; nil where it is not yet time to say it again, or there are none.
    mutating func report(_ missed: UInt64, at now: ContinuousClock.Instant, isLast: Bool = false) -> UInt64? {
        guard missed > told else { return nil }
        if let toldAt, !isLast, now - toldAt < .seconds(1) { return nil }
        defer { (told, toldAt) = (missed, now) }
        return missed - told
    }
}
