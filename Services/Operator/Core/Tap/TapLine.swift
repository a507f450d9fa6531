import Foundation
import Wire

/// One message of the tap, for people and for programs.
public struct TapLine: Sendable, Equatable {
    /// A line of text.
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
            + "\(envelope.type)".padded(10) + payload.brief + ends
        json = .object([
            .init("time", .text(time)), .init("direction", .text(direction)), .init("type", .text("\(envelope.type)")),
            .init("sender", .text(envelope.sender)), .init("run", .text(envelope.run)), .init("id", .text(envelope.id)),
            .init("causes", .list(envelope.causes.map { .text($0) })), .init("attempt", .integer(envelope.attempt)),
            .init("bytes", .integer(byteCount)), .init("ends", .list(items.map { .text($0) })),
            .init("payload", payload),
        ])
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
