import CEightfoldWire

/// What one verifier of a panel said.
public struct Judgement: WireValue {
    /// The verifier, as the recipe names it.
    public var verifier: String
    /// Its grade.
    public var grade: Grade
    /// Why.
    public var reason: String

    /// Makes one; what is left out is empty.
    public init(verifier: String = "", grade: Grade = .gradingError, reason: String = "") {
        self.verifier = verifier
        self.grade = grade
        self.reason = reason
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Judgement>(
        "Judgement", initialize: eightfold__v1__judgement__init, empty: { Judgement() },
        fields: [
            .text(\.verifier, \.verifier),
            .enumeration(\.grade, \.grade),
            .text(\.reason, \.reason),
        ])
}
