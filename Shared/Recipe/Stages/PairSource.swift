/// What preference pairs are made of.
public enum PairSource: String, Sendable, CaseIterable {
    /// The first pit of an incorrect rollout and a way around it.
    case firstPit = "first-pit"
    /// A correct and an incorrect rollout, drawn at random.
    case random
    /// A correct rollout and the incorrect one that is farthest from it by edit distance.
    case farthest
    /// Two steps that the policy took after the same prefix, labelled by their values: the theorem's own.
    case sampled

    /// Whether whole solutions are set against each other.
    public var isByOutcome: Bool { self == .random || self == .farthest }
}

extension PairSource: RecipeChoice {}
