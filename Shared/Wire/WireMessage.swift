/// A whole message: its envelope (frame 0), its payload (frame 1) and, for blob chunks, one raw frame.
public struct WireMessage: Sendable, Equatable {
    /// Frame 0.
    public var envelope: Envelope
    /// Frame 1, packed; its type is the envelope's.
    public var payload: [UInt8]
    /// The raw frame of a blob chunk; nil for all other messages.
    public var chunk: [UInt8]?

    /// Puts a message together.
    public init(envelope: Envelope, payload: [UInt8], chunk: [UInt8]? = nil) {
        self.envelope = envelope
        self.payload = payload
        self.chunk = chunk
    }

    /// Reads a received message.
    ///
    /// - Throws: `WireError` if the envelope is none, is of another major version, or announces a type that this
    ///   version does not know, or if the number of frames is not that of the type. The payload is not read yet.
    public init(frames: [[UInt8]]) throws(WireError) {
        guard frames.count == 2 || frames.count == 3 else {
            throw WireError(.frameCount, "A message has an envelope and a payload frame; got \(frames.count) frames.")
        }
        let envelope = try Envelope(decoding: frames[0])
        guard envelope.major == WireVersion.major else {
            throw WireError(
                .version,
                "This program speaks major version \(WireVersion.major) of the messages, \(envelope.sender) speaks "
                    + "\(envelope.major). Use the same release on both sides.")
        }
        guard envelope.type != .unspecified else {
            throw WireError(.unknownValue, "A message must have a type; this one has none.")
        }
        let carriesChunk = envelope.type == .blobPut || envelope.type == .blobChunk
        guard frames.count == 2 || carriesChunk else {
            throw WireError(.frameCount, "A message of type \(envelope.type) has 2 frames; got 3.")
        }
        self.envelope = envelope
        payload = frames[1]
        chunk = frames.count == 3 ? frames[2] : nil
    }

    /// The frames to send.
    public var frames: [[UInt8]] {
        [envelope.encoded(), payload] + (chunk.map { [$0] } ?? [])
    }
}
