/// The size of the learner process.
public struct LearnerSettings: Sendable, Equatable {
    /// Threads that compute; 0 is one for each core.
    public var threads = 0

    /// The defaults.
    public init() {}
}

extension LearnerSettings: RecipeSection {
    static var keys: [Key<LearnerSettings>] {
        [.value("threads", \.threads, .integer(0...1024), "Threads that compute; 0 is one for each core.")]
    }
}
