/// The size of one sampler process.
public struct SamplerSettings: Sendable, Equatable {
    /// Sequences decoded at the same time.
    public var slots = 64

    /// Threads that compute.
    public var threads = 1

    /// The defaults.
    public init() {}
}

extension SamplerSettings: RecipeSection {
    static var keys: [Key<SamplerSettings>] {
        [
            .value(
                "slots", \.slots, .integer(1...4096),
                "Sequences decoded at the same time; more is faster and takes more memory for the KV cache."),
            .value("threads", \.threads, .integer(1...1024), "Threads that compute."),
        ]
    }
}
