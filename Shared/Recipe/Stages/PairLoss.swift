/// What a preference stage learns pairs by.
public enum PairLoss: String, Sendable, CaseIterable {
    /// Direct preference optimisation.
    case dpo
    /// Forgetting of rejected continuations, with replay and retention of chosen ones.
    case unlearning
}

extension PairLoss: RecipeChoice {}
