/// The tokens of one rollout as the policies see them, with the advantage of each.
public struct SampledLogProbabilities<Scalar: BinaryFloatingPoint & Sendable>: Sendable {
    /// Log-probability of each token under the policy that is trained; nats.
    public let policy: [Scalar]
    /// Under the policy that sampled it, as the sampler computed it; as many.
    public let behaviour: [Scalar]
    /// Under the newest policy before this training, which then is what the ratio is to; nil where the ratio is to the policy that sampled.
    public let proximal: [Scalar]?
    /// Under the reference policy; nil where the divergence from it does not count.
    public let reference: [Scalar]?
    /// The advantage of each token; that of its step, or of the whole rollout.
    public let advantages: [Double]

    /// Puts the views together; there is at least one token.
    public init(
        policy: [Scalar], behaviour: [Scalar], proximal: [Scalar]? = nil, reference: [Scalar]? = nil,
        advantages: [Double]
    ) {
        let counts = [behaviour.count, advantages.count] + [proximal, reference].compactMap { $0?.count }
        precondition(
            !policy.isEmpty && counts.allSatisfy { $0 == policy.count },
            "a rollout of \(policy.count) tokens needs as many of all its values; got \(counts)")
        self.policy = policy
        self.behaviour = behaviour
        self.proximal = proximal
        self.reference = reference
        self.advantages = advantages
    }

    /// log pi - log pi_old of each token.
    var logRatios: [Double] { zip(policy, proximal ?? behaviour).map { Double($0) - Double($1) } }

    /// log pi_old - log pi_behaviour of each token: 0 everywhere where the policy that sampled is the old one.
    var lagLogRatios: [Double] {
        guard let proximal else { return Array(repeating: 0, count: policy.count) }
        return zip(proximal, behaviour).map { Double($0) - Double($1) }
    }
}
