/// The policy that is imagined to go on after a step, when the value of the step is asked for.
public enum RolloutPolicy: Hashable, Sendable {
    /// The policy itself: the value is the share of correct continuations.
    case pi
    /// The best of K continuations of the policy: the value is 1 if any of K is correct.
    case bestOf(Int)
}

/// The value of a prefix under best-of-K, 1 - (1 - p)^K, for a policy that solves it with probability `p`.
///
/// - Source: papers.md section 1.4, PAV Eq. 30.
public func bestOfK(probability p: Double, count k: Int) -> Double { 1 - falsePitProbability(probability: p, count: k) }

/// The chance (1 - p)^K that a prefix which the policy solves with probability `p` is called a pit.
///
/// - Source: papers.md section 1.4.
public func falsePitProbability(probability p: Double, count k: Int) -> Double {
    (0..<k).reduce(1) { product, _ in product * (1 - p) }
}
