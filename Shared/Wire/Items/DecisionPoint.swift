import CEightfoldWire

/// Where the recipe stands: the rounds of `stage` before `round` are over, and this one is to be ordered.
public struct DecisionPoint: WireValue {
    /// The stage.
    public var stage: Int
    /// The round.
    public var round: Int
    /// Of the stage's rounds so far, where it has a curriculum.
    public var passRates: [PassRate]
    /// The family's level, from 0, where it has levels.
    public var difficulty: Int

    /// Makes one; what is left out is empty.
    public init(stage: Int = 0, round: Int = 0, passRates: [PassRate] = [], difficulty: Int = 0) {
        self.stage = stage
        self.round = round
        self.passRates = passRates
        self.difficulty = difficulty
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<DecisionPoint>(
        "DecisionPoint", initialize: eightfold__v1__decision_point__init, empty: { DecisionPoint() },
        fields: [
            .count(\.stage, \.stage),
            .count(\.round, \.round),
            .messages(\.passRates, \.n_pass_rates, \.pass_rates),
            .count(\.difficulty, \.difficulty),
        ])
}
