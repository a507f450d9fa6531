/// The range of a ratio within which a surrogate rewards a move of the policy.
public struct ClipRange: Sendable, Equatable {
    /// How far below 1 the ratio may go, in 0...1.
    public let lower: Double
    /// How far above 1; 0 or more.
    public let upper: Double
    /// The ratio at which a token with a negative advantage stops to push, above 1; nil for none.
    ///
    /// - Source: Ye et al. 2020 (dual-clip PPO, arXiv 1912.09729); 3 in verl, papers.md section 6.3.
    public let dual: Double?

    /// Names a range; a coefficient that is out of its range is refused by the objective.
    public init(lower: Double, upper: Double, dual: Double? = nil) {
        self.lower = lower
        self.upper = upper
        self.dual = dual
    }

    /// Log-ratios beyond it count as this: e^20 is far outside any range, and its square is still finite.
    ///
    /// - Source: verl's guard, papers.md section 6.3.
    static let largestLogRatio = 20.0

    func check() throws(ObjectivesError) {
        guard (0...1).contains(lower), upper >= 0, upper.isFinite, dual.map({ $0 > 1 && $0.isFinite }) ?? true else {
            throw ObjectivesError(
                .coefficientOutOfRange,
                "A clip range goes from 0...1 below 1 to 0 or more above it, and a dual clip is above 1; got \(lower), "
                    + "\(upper) and \(dual.map { "\($0)" } ?? "no dual clip").")
        }
    }

    /// -min(r A, clip(r) A), with the dual clip for a negative advantage; the derivative is by log r.
    func term(logRatio: Double, advantage: Double) -> (loss: Double, slope: Double, isClipped: Bool) {
        let ratio = exponential(max(-Self.largestLogRatio, min(logRatio, Self.largestLogRatio)))
        let gain = ratio * advantage
        let bounded = min(max(ratio, 1 - lower), 1 + upper) * advantage
        if advantage < 0, let dual, gain < dual * advantage { return (-dual * advantage, 0, true) }
        guard bounded < gain else { return (-gain, abs(logRatio) > Self.largestLogRatio ? 0 : -gain, false) }
        return (-bounded, 0, true)
    }
}
