/// The size of one sampler process.
public struct SamplerSettings: Sendable, Equatable {
    /// Sequences decoded at the same time.
    public var slots = 64

    /// Threads that compute.
    public var threads = 1

    /// How the operands of matrix products are held.
    public var precision = SamplerPrecision.fp32

    /// The defaults.
    public init() {}
}

/// What a sampler computes with. A learner that computes otherwise sees the ratio of the two policies: the `correction` of a
/// stage of reinforcement.
public enum SamplerPrecision: String, Sendable, CaseIterable {
    /// 32 bits.
    case fp32
    /// bfloat16.
    case bf16
    /// Eight-bit integers with a scale for each 64.
    case int8
}

extension SamplerPrecision: RecipeChoice {}

extension SamplerSettings: RecipeSection {
    static var keys: [Key<SamplerSettings>] {
        [
            .value(
                "slots", \.slots, .integer(1...4096),
                "Sequences decoded at the same time; more is faster and takes more memory for the KV cache."),
            .value("threads", \.threads, .integer(1...1024), "Threads that compute."),
            .value(
                "precision", \.precision, .choice,
                "How weights and what is multiplied with them are held: fewer bits are faster, and the learner, which has "
                    + "its own precision, then sees another policy than the one that sampled. Only stages of reinforcement "
                    + "can correct for that, and do where their correction says so; evaluations measure the policy as it "
                    + "samples."),
        ]
    }
}
