import CEightfoldWire

/// Frame 0 of every message: what frame 1 holds, from whom, when, and because of what.
public struct Envelope: WireValue {
    /// The schema's major version; another one is refused.
    public var major: Int
    /// The schema's minor version; newer ones are accepted.
    public var minor: Int
    /// What frame 1 holds.
    public var type: MessageType
    /// The run; empty only in `Hello`.
    public var run: String
    /// Unique for each sender.
    public var id: String
    /// The ids of the messages or items that this one follows from.
    public var causes: [String]
    /// The W3C trace context.
    public var traceparent: String
    /// The worker's name, for instance `sampler-2`; `hub` for the hub.
    public var sender: String
    /// When it was sent.
    public var sentUnixNanoseconds: UInt64
    /// 1 for the first sending.
    public var attempt: Int

    /// Makes one; what is left out is empty.
    public init(
        major: Int = 0, minor: Int = 0, type: MessageType = .hello, run: String = "", id: String = "",
        causes: [String] = [], traceparent: String = "", sender: String = "", sentUnixNanoseconds: UInt64 = 0,
        attempt: Int = 0
    ) {
        self.major = major
        self.minor = minor
        self.type = type
        self.run = run
        self.id = id
        self.causes = causes
        self.traceparent = traceparent
        self.sender = sender
        self.sentUnixNanoseconds = sentUnixNanoseconds
        self.attempt = attempt
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Envelope>(
        "Envelope", initialize: eightfold__v1__envelope__init, empty: { Envelope() },
        fields: [
            .count(\.major, \.major),
            .count(\.minor, \.minor),
            .enumeration(\.type, \.type),
            .text(\.run, \.run),
            .text(\.id, \.id),
            .texts(\.causes, \.n_causes, \.causes),
            .text(\.traceparent, \.traceparent),
            .text(\.sender, \.sender),
            .number(\.sentUnixNanoseconds, \.sent_unix_nanoseconds),
            .count(\.attempt, \.attempt),
        ])
}
