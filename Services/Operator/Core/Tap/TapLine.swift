import Foundation
import Wire

/// One message of the tap, for people and for programs.
public struct TapLine: Sendable, Equatable {
    /// A line of text, and one more for each of the first parts of a message that has many.
    public let text: String
    /// The same for programs, with nothing cut.
    public let json: JSONValue

    /// A message that could be read.
    ///
    /// - Parameter items: the items whose leases it ends, as far as they are known.
    init(_ direction: String, _ envelope: Envelope, byteCount: Int, items: [String], _ payload: JSONValue) {
        let time = Date(timeIntervalSince1970: Double(envelope.sentUnixNanoseconds) / 1e9)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let ends = items.isEmpty ? "" : " ends \(JSONValue.list(items.map { .text($0) }).brief)"
        text =
            "\(time.dropFirst(11).prefix(12)) \(direction.padded(4))\(envelope.sender.padded(14))"
            + "\(envelope.type)".padded(10) + Self.summary(payload) + ends
        json = .object([
            .init("time", .text(time)), .init("direction", .text(direction)), .init("type", .text("\(envelope.type)")),
            .init("sender", .text(envelope.sender)), .init("run", .text(envelope.run)), .init("id", .text(envelope.id)),
            .init("causes", .list(envelope.causes.map { .text($0) })), .init("attempt", .integer(envelope.attempt)),
            .init("bytes", .integer(byteCount)), .init("ends", .list(items.map { .text($0) })),
            .init("payload", payload),
        ])
    }

    /// Parts of a message shown in full, of each kind.
    private static let mostParts = 4

    /// The fields of a payload; leases, items, groups and endings on lines of their own.
    private static func summary(_ payload: JSONValue) -> String {
        guard case .object(let fields) = payload else { return payload.brief }
        var head: [JSONValue.Field] = []
        var lines: [String] = []
        for field in fields {
            guard case .list(let parts) = field.value, case .object? = parts.first else {
                head.append(field)
                continue
            }
            lines += parts.prefix(mostParts).map { "\n    \(line(of: $0, in: field.name))" }
            if parts.count > mostParts { lines.append("\n    and \(parts.count - mostParts) more \(field.name)") }
        }
        return JSONValue.object(head).brief + lines.joined()
    }

    /// One part of a message; of an item its queue, id and body.
    private static func line(of part: JSONValue, in list: String) -> String {
        guard let item = part["item"], case .text(let id)? = item["id"], case .text(let queue)? = item["queue"] else {
            return "\(list): \(part.brief)"
        }
        let attempt =
            if case .number(let number)? = part["attempt"], number != "1" { " (attempt \(number))" } else { "" }
        return "\(queue) \(id)\(attempt): \(item["body"]?.brief ?? "")"
    }

    /// A message that could not.
    init(_ direction: String, unreadable frames: [Int], because reason: String) {
        text = "             \(direction.padded(4))unreadable    \(frames.count) frames of \(frames) bytes: \(reason)"
        json = .object([
            .init("direction", .text(direction)), .init("unreadable", .text(reason)),
            .init("frames", .list(frames.map { .integer($0) })),
        ])
    }
}
