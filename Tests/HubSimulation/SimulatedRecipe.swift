public import Wire

/// A small recipe in the shape of a real one: a supervised stage, rounds of preference, an evaluation.
public struct SimulatedRecipe: Sendable {
    /// The purpose of each stage, and its rounds.
    public var stages: [(purpose: Purpose, rounds: Int)] = [(.supervised, 1), (.preference, 2), (.evaluation, 1)]
    /// Orders of a round.
    public var orders = 2
    /// Problems of an order.
    public var problems = 2
    /// Rollouts of a problem.
    public var rollouts = 3
    /// The most turns of continuations.
    public var turns = 2
    /// Experience that one checkpoint consumes at most.
    public var experiencePerCheckpoint = 3

    /// The recipe that most tests run.
    public init() {}

    /// The whole cycle with nothing in it twice.
    public static var one: SimulatedRecipe {
        var recipe = SimulatedRecipe()
        recipe.orders = 1
        recipe.problems = 1
        recipe.rollouts = 1
        recipe.experiencePerCheckpoint = 1
        return recipe
    }

    /// How many problems it orders.
    public var problemCount: Int { stages.reduce(0) { $0 + $1.rounds } * orders * problems }
}
