import CEightfoldWire

/// How a problem ended.
public struct Outcome: WireValue {
    /// How many training examples came of it.
    public var experience: Int
    /// Of its own rollouts.
    public var correct: Int
    /// Of its own rollouts.
    public var incorrect: Int
    /// Of its own rollouts.
    public var noAnswer: Int
    /// Of its own rollouts.
    public var errors: Int
    /// First pits found.
    public var pits: Int
    /// Continuations sampled.
    public var continuations: Int
    /// Why no experience came of it; empty if some did.
    public var reason: String
    /// The kinds of the errors, each once.
    public var errorKinds: [ErrorCount]
    /// The problem's level.
    public var level: String
    /// Steps of correct rollouts whose advantage is known; where values of steps are surveyed.
    public var correctSteps: Int
    /// Those of them that make no progress.
    public var spuriousSteps: Int
    /// First pits that half of the continuations of surveyed rollouts find.
    public var heldOutPits: Int
    /// Those of them that the other half leaves again.
    public var falsePits: Int

    /// Makes one; what is left out is empty.
    public init(
        experience: Int = 0, correct: Int = 0, incorrect: Int = 0, noAnswer: Int = 0, errors: Int = 0, pits: Int = 0,
        continuations: Int = 0, reason: String = "", errorKinds: [ErrorCount] = [], level: String = "",
        correctSteps: Int = 0, spuriousSteps: Int = 0, heldOutPits: Int = 0, falsePits: Int = 0
    ) {
        self.experience = experience
        self.correct = correct
        self.incorrect = incorrect
        self.noAnswer = noAnswer
        self.errors = errors
        self.pits = pits
        self.continuations = continuations
        self.reason = reason
        self.errorKinds = errorKinds
        self.level = level
        self.correctSteps = correctSteps
        self.spuriousSteps = spuriousSteps
        self.heldOutPits = heldOutPits
        self.falsePits = falsePits
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Outcome>(
        "Outcome", initialize: eightfold__v1__outcome__init, empty: { Outcome() },
        fields: [
            .count(\.experience, \.experience),
            .count(\.correct, \.correct),
            .count(\.incorrect, \.incorrect),
            .count(\.noAnswer, \.no_answer),
            .count(\.errors, \.errors),
            .count(\.pits, \.pits),
            .count(\.continuations, \.continuations),
            .text(\.reason, \.reason),
            .messages(\.errorKinds, \.n_error_kinds, \.error_kinds),
            .text(\.level, \.level),
            .count(\.correctSteps, \.correct_steps),
            .count(\.spuriousSteps, \.spurious_steps),
            .count(\.heldOutPits, \.held_out_pits),
            .count(\.falsePits, \.false_pits),
        ])
}
