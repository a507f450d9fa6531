/// The family that problems come from, and how hard they are.
public struct ProblemSettings: Sendable, Equatable {
    /// Which family.
    public var family = ProblemFamily.arithmetic

    /// Steps of the reference solution.
    public var steps = 2...4

    /// Operands of one step.
    public var operands = 1...9

    /// The running value at every step.
    public var values = 0...99

    /// How the question is told.
    public var style = ProblemStyle.symbols

    /// The defaults.
    public init() {}
}

extension ProblemSettings: RecipeSection {
    static var keys: [Key<ProblemSettings>] {
        [
            .value(
                "family", \.family, .choice, "The problem family: arithmetic is integer arithmetic in several steps."),
            .value("steps", \.steps, .span(within: 1...64), "Steps of the reference solution; more steps are harder."),
            .value("operands", \.operands, .span(within: 1...1_000_000), "The operand of each step."),
            .value(
                "values", \.values, .span(within: -1_000_000_000...1_000_000_000),
                "Where the running value stays; problems that leave it are not made."),
            .value("style", \.style, .choice, "Questions told in symbols, in words, or half and half."),
        ]
    }
}
