/// The size of the learner process.
public struct LearnerSettings: Sendable, Equatable {
    /// Threads that compute; 0 is one for each core.
    public var threads = 0

    /// Whether the backward pass computes inner values again rather than keep them.
    public var recomputeActivations = false

    /// How the operands of matrix products are held.
    public var precision = LearnerPrecision.fp32

    /// The defaults.
    public init() {}
}

/// What a learner computes with.
public enum LearnerPrecision: String, Sendable, CaseIterable {
    /// 32 bits.
    case fp32
    /// bfloat16 in products; weights, gradients and sums keep 32 bits.
    case bf16
}

extension LearnerPrecision: RecipeChoice {}

extension LearnerSettings: RecipeSection {
    static var keys: [Key<LearnerSettings>] {
        [
            .value("threads", \.threads, .integer(0...1024), "Threads that compute; 0 is one for each core."),
            .value(
                "recompute_activations", \.recomputeActivations, .flag,
                "Whether the backward pass computes each layer's inner values again, which takes about a third more time "
                    + "and a fraction of the memory."),
            .value(
                "precision", \.precision, .choice,
                "How what is multiplied is held: bf16 is faster, and rounds; weights, gradients and sums keep 32 bits."),
        ]
    }
}
