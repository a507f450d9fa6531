import CEightfoldWire

/// The verifier's grade of one rollout.
public struct Verdict: WireValue {
    /// The grade.
    public var grade: Grade
    /// The answer that was found; empty where there is none.
    public var answer: String
    /// Why.
    public var reason: String
    /// Of a grading error: a short fixed word, for instance `too-long`.
    public var errorKind: String
    /// The first step, from 1, whose arithmetic does not hold; 0 if none was found.
    public var wrongStep: Int
    /// What each verifier of the panel said, where it has several; the hub's.
    public var judgements: [Judgement]

    /// Makes one; what is left out is empty.
    public init(
        grade: Grade = .gradingError, answer: String = "", reason: String = "", errorKind: String = "",
        wrongStep: Int = 0,
        judgements: [Judgement] = []
    ) {
        self.grade = grade
        self.answer = answer
        self.reason = reason
        self.errorKind = errorKind
        self.wrongStep = wrongStep
        self.judgements = judgements
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Verdict>(
        "Verdict", initialize: eightfold__v1__verdict__init, empty: { Verdict() },
        fields: [
            .enumeration(\.grade, \.grade),
            .text(\.answer, \.answer),
            .text(\.reason, \.reason),
            .text(\.errorKind, \.error_kind),
            .count(\.wrongStep, \.wrong_step),
            .messages(\.judgements, \.n_judgements, \.judgements),
        ])
}
