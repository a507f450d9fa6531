/// Low-rank adaptation: what a stage trains instead of all weights.
public struct LoraSettings: Sendable, Equatable {
    /// Inner length of the two factors; 0 trains all weights.
    public var rank = 0

    /// Times rank: what the product of the factors is multiplied by.
    public var alpha = 32.0

    /// Matrices of each layer that have factors.
    public var targets = LoraTarget.allCases

    /// The defaults.
    public init() {}
}

/// A matrix of a layer, by the name that PEFT gives it.
public enum LoraTarget: String, Sendable, CaseIterable {
    /// Queries.
    case query = "q_proj"
    /// Keys.
    case key = "k_proj"
    /// Values.
    case value = "v_proj"
    /// Attention's output.
    case attentionOutput = "o_proj"
    /// The gate of the feed-forward part.
    case gate = "gate_proj"
    /// The other input of the feed-forward part.
    case up = "up_proj"
    /// The output of the feed-forward part.
    case down = "down_proj"
}

extension LoraTarget: RecipeChoice {}

extension LoraSettings: RecipeSection {
    static var keys: [Key<LoraSettings>] {
        [
            .value(
                "rank", \.rank, .integer(0...4096),
                "Inner length of the factors that are trained instead of all weights; 0 trains all weights."),
            .value(
                "alpha", \.alpha, .number(above: 0, to: 1_000_000),
                "The factors' product is multiplied by alpha / rank before it is added to the weights."),
            .value(
                "targets", \.targets, .choices(),
                "Matrices of each layer that have factors; all of them come closest to training all weights."),
        ]
    }
}
