/// The target tokens of one sequence as two policies see them; prompt and shared prefix are no targets.
public struct SequenceLogProbabilities<Scalar: BinaryFloatingPoint & Sendable>: Sendable {
    /// Log-probability of each token under the policy that is trained; nats, finite.
    public let policy: [Scalar]
    /// Log-probability of each token under the reference policy; as many.
    public let reference: [Scalar]

    /// Puts the two views together; there is at least one token.
    public init(policy: [Scalar], reference: [Scalar]) {
        precondition(
            policy.count == reference.count && !policy.isEmpty,
            "a sequence needs as many log-probabilities of both policies, at least one: "
                + "got \(policy.count) and \(reference.count)")
        self.policy = policy
        self.reference = reference
    }

    /// The log-probability of the sequence under the policy less that under the reference policy.
    var logRatio: Double { policy.total - reference.total }

    /// Sum over the tokens of r - 1 - log r, where r is the policy's probability over the reference policy's.
    var divergence: Double {
        zip(policy, reference).reduce(0) { $0 + exponentialExcess(Double($1.0) - Double($1.1)) }
    }
}

extension Array where Element: BinaryFloatingPoint {
    /// The sum in double precision, whatever the elements are in.
    var total: Double { reduce(0) { $0 + Double($1) } }
}
