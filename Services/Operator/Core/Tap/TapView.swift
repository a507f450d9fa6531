import Wire

/// Turns the messages of a tap into lines, those that a filter lets pass.
///
/// Messages that end a lease name it by its number only, so the view remembers from `Work` what was leased. What was
/// leased before it began to watch passes no filter of a queue or a problem.
public struct TapView: Sendable {
    private let filter: TapFilter
    private var leased: [UInt64: TapItem] = [:]
    /// Shown messages that an answer is still to come to.
    private var awaited: Set<String> = []

    /// Leases and answers that never come must not fill the memory of a view that watches for days.
    private static let mostRemembered = 100_000

    /// Makes a view.
    public init(_ filter: TapFilter = TapFilter()) {
        self.filter = filter
    }

    /// The line about a message; nil if the filter stops it.
    ///
    /// - Parameters:
    ///   - direction: `in` for a message that the hub received, `out` for one that it sent.
    ///   - frames: the message's frames.
    public mutating func line(_ direction: String, _ frames: [[UInt8]]) -> TapLine? {
        do {
            let message = try WireMessage(frames: frames)
            return try line(direction, message)
        } catch {
            // What the hub refuses as unreadable is shown too, unless something in it was asked for.
            guard filter == TapFilter() else { return nil }
            return TapLine(direction, unreadable: frames.map(\.count), because: "\(error)")
        }
    }

    private mutating func line(_ direction: String, _ message: WireMessage) throws(WireError) -> TapLine? {
        var shown = message
        var items: [TapItem] = []
        var isWanted = !filter.asksForItems
        switch message.envelope.type {
        case .work:
            var work = try Work(decoding: message.payload)
            for lease in work.leases { remember(lease) }
            work.leases.removeAll { !filter.admits($0.item) }
            isWanted = !work.leases.isEmpty
            shown.payload = work.encoded()
        case .complete:
            var complete = try Complete(decoding: message.payload)
            items = forget(complete.leases)
            if filter.asksForItems, !items.contains(where: filter.admits) {
                // Of a completion of something else, what it brings of the wanted.
                complete.items.removeAll { !filter.admits($0.item) }
                complete.groups.removeAll { $0.whenFull.map { !filter.admits($0) } ?? true }
                complete.endings = []
                isWanted = !complete.items.isEmpty || !complete.groups.isEmpty
                shown.payload = complete.encoded()
            } else {
                isWanted = true
            }
        case .fail:
            items = forget([try Fail(decoding: message.payload).lease])
            isWanted = isWanted || items.contains(where: filter.admits)
        case .release:
            items = forget(try Release(decoding: message.payload).leases)
            isWanted = isWanted || items.contains(where: filter.admits)
        case .credit:
            let credit = try Credit(decoding: message.payload)
            isWanted = filter.problem == nil && (filter.queue == nil || filter.queue == credit.queue)
        case .answer:
            let isAwaited = awaited.remove(try Answer(decoding: message.payload).to) != nil
            isWanted = isWanted || isAwaited
        default: break
        }
        guard isWanted else { return nil }
        if filter.asksForItems, direction == "in", awaited.count < Self.mostRemembered {
            awaited.insert(message.envelope.id)
        }
        guard filter.type == nil || filter.type == message.envelope.type else { return nil }
        return TapLine(
            direction, shown.envelope, byteCount: message.frames.reduce(0) { $0 + $1.count }, items: items.map(\.id),
            try JSONValue(payloadOf: shown))
    }

    private mutating func remember(_ lease: Lease) {
        if leased.count >= Self.mostRemembered { leased.removeAll() }
        leased[lease.id] = TapItem(lease.item)
    }

    private mutating func forget(_ leases: [UInt64]) -> [TapItem] {
        leases.compactMap { leased.removeValue(forKey: $0) }
    }
}
