import Foundation

/// How many times as much data, problems or sampled tokens, a baseline needs for the error that a method has.
public enum Efficiency: Sendable, Equatable {
    /// The ratio of data at equal error.
    case ratio(Double)
    /// The baseline has that error at no size that was measured, but only at larger ones: the ratio is at least this.
    case atLeast(Double)
    /// The baseline has that error already at the smallest size: the ratio is at most this.
    case atMost(Double)

    /// Reads it off the two fits.
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

    /// Reads it off the line through the baseline's measured errors, which in logarithms is straight between neighbours: what
    /// a curve that bends asks for, at the price of noise that a fit takes out.
    ///
    /// - Parameters:
    ///   - error: the method's, as measured at `size`.
    ///   - measured: the baseline's errors; where they cross the method's several times, the first counts.
    /// - Returns: nil without two sizes.
    public init?(ofError error: Double, at size: Double, between measured: [(size: Double, error: Double)]) {
        // An error of 0 has no logarithm.
        func level(_ error: Double) -> Double { log(max(error, 1e-9)) }
        let points = measured.sorted { $0.size < $1.size }.map { (size: $0.size, level: level($0.error)) }
        guard let first = points.first, let last = points.last, points.count > 1 else { return nil }
        let wanted = level(error)
        if first.level < wanted {
            self = .atMost(first.size / size)
        } else if let next = points.indices.dropFirst().first(where: { points[$0].level <= wanted }) {
            let (left, right) = (points[next - 1], points[next])
            // Of two equal levels the smaller size counts.
            let share = left.level > right.level ? (left.level - wanted) / (left.level - right.level) : 0
            self = .ratio(left.size * pow(right.size / left.size, share) / size)
        } else {
            self = .atLeast(last.size / size)
        }
    }

    /// The number, whichever kind it is.
    public var value: Double {
        switch self {
        case .ratio(let value), .atLeast(let value), .atMost(let value): value
        }
    }
}
