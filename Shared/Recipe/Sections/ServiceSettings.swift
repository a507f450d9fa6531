/// How many processes of each role `eightfold run` starts, and their threads; there is always one hub and one learner.
public struct ServiceSettings: Sendable, Equatable {
    /// Sampler processes.
    public var samplers = 2

    /// Generator processes.
    public var generators = 1

    /// Verifier processes.
    public var verifiers = 1

    /// Advantage processes.
    public var advantages = 1

    /// Of each sampler.
    public var sampler = SamplerSettings()

    /// Of the learner.
    public var learner = LearnerSettings()

    /// The defaults.
    public init() {}
}

extension ServiceSettings: RecipeSection {
    static var keys: [Key<ServiceSettings>] {
        [
            // 0 is allowed: every process of the role may be started by hand, on any host.
            .value(
                "samplers", \.samplers, .integer(0...1024), "Sampler processes; 0 leaves them to be started by hand."),
            .value("generators", \.generators, .integer(0...64), "Generator processes."),
            .value("verifiers", \.verifiers, .integer(0...64), "Verifier processes."),
            .value("advantages", \.advantages, .integer(0...64), "Advantage processes."),
            .section("sampler", \.sampler, "Of each sampler."),
            .section("learner", \.learner, "Of the learner."),
        ]
    }
}
