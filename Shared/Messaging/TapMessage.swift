/// A message as the tap shows it. On the wire: the topic, the number in 8 bytes with the lowest first, the frames.
public struct TapMessage: Sendable, Equatable {
    /// What readers subscribe to; one of a small fixed set, such as the queues' names.
    public let topic: String
    /// How many messages of this topic the server published before this one, while the topic had readers.
    public let number: UInt64
    /// The parts of the message.
    public let frames: [Frame]

    init(topic: String, number: UInt64, frames: [Frame]) {
        self.topic = topic
        self.number = number
        self.frames = frames
    }

    /// Reads what the wire carries; nil if it is not that.
    init?(_ wire: [Frame]) {
        guard wire.count >= 2, wire[1].byteCount == 8 else { return nil }
        topic = wire[0].text
        number = wire[1].withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
        frames = Array(wire.dropFirst(2))
    }

    /// What the wire carries.
    var wire: [Frame] {
        let numberFrame = withUnsafeBytes(of: number.littleEndian) { Frame($0) }
        return [Frame(topic), numberFrame] + frames
    }
}
