import CEightfoldWire

/// How the policy did on the problems of one level.
public struct PassRate: WireValue {
    /// As problems and outcomes name it.
    public var level: String
    /// Correct rollouts; those of older rounds count less.
    public var correct: Double
    /// Graded rollouts, likewise.
    public var rollouts: Double

    /// Makes one; what is left out is empty.
    public init(level: String = "", correct: Double = 0, rollouts: Double = 0) {
        self.level = level
        self.correct = correct
        self.rollouts = rollouts
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<PassRate>(
        "PassRate", initialize: eightfold__v1__pass_rate__init, empty: { PassRate() },
        fields: [
            .text(\.level, \.level),
            .number(\.correct, \.correct),
            .number(\.rollouts, \.rollouts),
        ])
}
