#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The learning rate of each update: a linear warm-up, then constant or falling along half a cosine.
public struct LearningRateSchedule: Hashable, Sendable {
    /// What follows the warm-up.
    public enum Shape: Hashable, Sendable {
        /// The peak, for ever.
        case constant
        /// From the peak to `finalFraction` of it at update `updateCount`, and there for ever.
        case cosine(updateCount: Int, finalFraction: Float)
    }

    /// The largest rate.
    public let peak: Float
    /// Updates of the warm-up; update 0 has the rate peak / (warmUp + 1), and 0 means none.
    public let warmUpUpdates: Int
    /// What follows the warm-up.
    public let shape: Shape

    /// Names a schedule.
    public init(peak: Float, warmUpUpdates: Int = 0, shape: Shape = .constant) {
        self.peak = peak
        self.warmUpUpdates = warmUpUpdates
        self.shape = shape
    }

    /// The rate of the update with this index, from 0.
    public func rate(update: Int) -> Float {
        if update < warmUpUpdates {
            return peak * Float(update + 1) / Float(warmUpUpdates + 1)
        }
        switch shape {
        case .constant:
            return peak
        case .cosine(let updateCount, let finalFraction):
            let length = max(updateCount - warmUpUpdates, 1)
            let progress = min(Double(update - warmUpUpdates) / Double(length), 1)
            let fraction = Double(finalFraction) + (1 - Double(finalFraction)) * (1 + cos(.pi * progress)) / 2
            return Float(Double(peak) * fraction)
        }
    }
}
