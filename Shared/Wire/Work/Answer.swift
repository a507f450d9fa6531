import CEightfoldWire

/// The fate of a message that wants one.
public struct Answer: WireValue {
    /// The fate.
    public var code: AnswerCode
    /// The id of the message that is answered.
    public var to: String
    /// A short fixed word, for instance `lease-expired`.
    public var reasonCode: String
    /// A sentence.
    public var reason: String

    /// Makes one; what is left out is empty.
    public init(code: AnswerCode = .ok, to: String = "", reasonCode: String = "", reason: String = "") {
        self.code = code
        self.to = to
        self.reasonCode = reasonCode
        self.reason = reason
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Answer>(
        "Answer", initialize: eightfold__v1__answer__init, empty: { Answer() },
        fields: [
            .enumeration(\.code, \.code),
            .text(\.to, \.to),
            .text(\.reasonCode, \.reason_code),
            .text(\.reason, \.reason),
        ])
}
