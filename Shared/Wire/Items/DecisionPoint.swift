import CEightfoldWire

/// Where the recipe stands: the rounds of `stage` before `round` are over, and this one is to be ordered.
public struct DecisionPoint: WireValue {
    /// The stage.
    public var stage: Int
    /// The round.
    public var round: Int

    /// Makes one; what is left out is empty.
    public init(stage: Int = 0, round: Int = 0) {
        self.stage = stage
        self.round = round
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<DecisionPoint>(
        "DecisionPoint", initialize: eightfold__v1__decision_point__init, empty: { DecisionPoint() },
        fields: [
            .count(\.stage, \.stage),
            .count(\.round, \.round),
        ])
}
