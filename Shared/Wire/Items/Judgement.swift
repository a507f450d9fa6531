import CEightfoldWire

/// What one verifier of a panel said: a verdict with its name.
public struct Judgement: WireValue {
    /// The verifier, as the recipe names it.
    public var verifier: String
    /// Its grade.
    public var grade: Grade
    /// Why.
    public var reason: String
    /// The answer that it found.
    public var answer: String
    /// The kind of a grading error.
    public var errorKind: String
    /// The first step, from 1, whose arithmetic does not hold; 0 if it found none.
    public var wrongStep: Int

    /// Makes one; what is left out is empty.
    public init(
        verifier: String = "", grade: Grade = .gradingError, reason: String = "", answer: String = "",
        errorKind: String = "",
        wrongStep: Int = 0
    ) {
        self.verifier = verifier
        self.grade = grade
        self.reason = reason
        self.answer = answer
        self.errorKind = errorKind
        self.wrongStep = wrongStep
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Judgement>(
        "Judgement", initialize: eightfold__v1__judgement__init, empty: { Judgement() },
        fields: [
            .text(\.verifier, \.verifier),
            .enumeration(\.grade, \.grade),
            .text(\.reason, \.reason),
            .text(\.answer, \.answer),
            .text(\.errorKind, \.error_kind),
            .count(\.wrongStep, \.wrong_step),
        ])
}
