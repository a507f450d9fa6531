import CEightfoldWire

/// A question with a reference answer and, if known, a reference solution.
public struct Problem: WireValue {
    /// The question.
    public var question: String
    /// The answer.
    public var referenceAnswer: String
    /// A solution in steps; empty where none is known.
    public var referenceSolution: String
    /// Where it comes from.
    public var source: ProblemSource
    /// Its index in the source.
    public var index: UInt64
    /// How answers are found in its rollouts.
    public var answers: AnswerRule
    /// How its solutions are checked.
    public var check: SolutionCheck
    /// The problems it was evolved from, the first one first.
    public var ancestry: [Ancestor]
    /// How hard it is, as its source tells: what pass rates are counted by.
    public var level: String

    /// Makes one; what is left out is empty.
    public init(
        question: String = "", referenceAnswer: String = "", referenceSolution: String = "",
        source: ProblemSource = ProblemSource(), index: UInt64 = 0,
        answers: AnswerRule = .strict, check: SolutionCheck = .finalAnswer,
        ancestry: [Ancestor] = [], level: String = ""
    ) {
        self.question = question
        self.referenceAnswer = referenceAnswer
        self.referenceSolution = referenceSolution
        self.source = source
        self.index = index
        self.answers = answers
        self.check = check
        self.ancestry = ancestry
        self.level = level
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Problem>(
        "Problem", initialize: eightfold__v1__problem__init, empty: { Problem() },
        fields: [
            .text(\.question, \.question),
            .text(\.referenceAnswer, \.reference_answer),
            .text(\.referenceSolution, \.reference_solution),
            .message(\.source, \.source),
            .number(\.index, \.index),
            .enumeration(\.answers, \.answers),
            .enumeration(\.check, \.check),
            .messages(\.ancestry, \.n_ancestry, \.ancestry),
            .text(\.level, \.level),
        ])
}
