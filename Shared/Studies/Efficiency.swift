/// How many times as much data, problems or sampled tokens, a baseline needs for the error that a method has: read off the two fits.
public enum Efficiency: Sendable, Equatable {
    /// The ratio of data at equal error.
    case ratio(Double)
    /// The baseline has that error at no size that was measured, but only at larger ones: the ratio is at least this.
    case atLeast(Double)
    /// The baseline has that error already at the smallest size: the ratio is at most this.
    case atMost(Double)

    /// Reads it off.
    ///
    /// - Parameters:
    ///   - error: the method's, by its fit at `size`.
    ///   - measured: the sizes at which the baseline was measured; beyond them its fit says nothing.
    /// - Source: papers.md section 1.1 has the claim as a factor of problems at equal test error.
    public init(ofError error: Double, at size: Double, baseline: PowerLaw, measured: ClosedRange<Double>) {
        let (least, most) = (measured.lowerBound / size, measured.upperBound / size)
        // Its errors within the range; they may rise.
        let ends = [baseline.error(at: measured.lowerBound), baseline.error(at: measured.upperBound)]
        guard let needed = baseline.size(atError: error), measured.contains(needed) else {
            self = error < ends.min() ?? 0 ? .atLeast(most) : .atMost(least)
            return
        }
        self = .ratio(needed / size)
    }

    /// The number, whichever kind it is.
    public var value: Double {
        switch self {
        case .ratio(let value), .atLeast(let value), .atMost(let value): value
        }
    }
}
