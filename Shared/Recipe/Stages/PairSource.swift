/// What preference pairs are made of.
public enum PairSource: String, Sendable, CaseIterable {
    /// The first pit of an incorrect rollout and a way around it.
    case firstPit = "first-pit"
    /// A correct and an incorrect rollout, drawn at random.
    case random
    /// A correct rollout and the incorrect one that is farthest from it by edit distance.
    case farthest
}

extension PairSource: RecipeChoice {}
