/// Who does the task of a surrogate.
public enum RequestJudge: Sendable {
    /// The surrogate's own rule.
    case rule
    /// A model, for instance the policy: it answers a prompt.
    case model(@Sendable (String) async throws -> String)
}
