/// The size of the learner process.
public struct LearnerSettings: Sendable, Equatable {
    /// Threads that compute; 0 is one for each core.
    public var threads = 0

    /// Whether the backward pass computes inner values again rather than keep them.
    public var recomputeActivations = false

    /// The defaults.
    public init() {}
}

extension LearnerSettings: RecipeSection {
    static var keys: [Key<LearnerSettings>] {
        [
            .value("threads", \.threads, .integer(0...1024), "Threads that compute; 0 is one for each core."),
            .value(
                "recompute_activations", \.recomputeActivations, .flag,
                "Whether the backward pass computes each layer's inner values again, which takes about a third more time "
                    + "and a fraction of the memory."),
        ]
    }
}
