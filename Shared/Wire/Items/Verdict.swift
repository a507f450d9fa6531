import CEightfoldWire

/// The verifier's grade of one rollout.
public struct Verdict: WireValue {
    /// The grade.
    public var grade: Grade
    /// The answer that was found; empty where there is none.
    public var answer: String
    /// Why.
    public var reason: String

    /// Makes one; what is left out is empty.
    public init(grade: Grade = .gradingError, answer: String = "", reason: String = "") {
        self.grade = grade
        self.answer = answer
        self.reason = reason
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Verdict>(
        "Verdict", initialize: eightfold__v1__verdict__init, empty: { Verdict() },
        fields: [
            .enumeration(\.grade, \.grade),
            .text(\.answer, \.answer),
            .text(\.reason, \.reason),
        ])
}
