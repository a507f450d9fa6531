/// A stage that measures accuracy on a fixed set of problems; nothing of it is ever trained on.
public struct EvaluateStage: Sendable, Equatable {
    /// The stage's name.
    public var name = "evaluate"

    /// Problems, the same for every evaluation of the run with this split.
    public var problems = 5000

    /// Rollouts of each problem.
    public var rollouts = 1

    /// Divides the logits before a token is drawn; 0 takes the most likely token.
    public var temperature = 0.0

    /// The longest solution in tokens.
    public var maximumTokens = 160

    /// Which problems.
    public var split = ProblemSplit.test

    /// How answers are found.
    public var answers = AnswerRule.strict

    /// The defaults.
    public init() {}
}

extension EvaluateStage: RecipeSection {
    static var keys: [Key<EvaluateStage>] {
        [
            .value("name", \.name, .name, "The stage's name, which no other stage may have."),
            .value(
                "problems", \.problems, .integer(1...10_000_000),
                "Problems; with 5000 the 95% interval of an accuracy of 80% is 1.1 points each way."),
            .value(
                "rollouts", \.rollouts, .integer(1...4096), "Rollouts of each problem; above 1 needs a temperature."),
            .value(
                "temperature", \.temperature, .number(0...10),
                "Divides the logits before a token is drawn; 0 takes the most likely token."),
            .value("maximum_tokens", \.maximumTokens, .integer(1...131_072), "The longest solution in tokens."),
            .value(
                "split", \.split, .choice,
                "Problems that training never sees, those that it may see, those that supervised stages teach, or ones that training never "
                    + "sees and that have larger numbers, or another number of parts, than all of these."),
            .value(
                "answers", \.answers, .choice,
                "strict reads the line #### alone; stated also \\boxed{} and \"the answer is\", as MATH has them; last-number and "
                    + "anywhere take the last number where there is none, for a model that was not taught to state its answer."
            ),
        ]
    }

    var conflicts: [Conflict] {
        guard rollouts > 1, temperature == 0 else { return [] }
        return [
            Conflict(
                "rollouts",
                message:
                    "must be 1 at temperature 0, where every rollout is the same; got \(rollouts). Set temperature."
            )
        ]
    }
}
