/// What one update of the optimiser did.
public struct UpdateReport: Hashable, Sendable {
    /// The number of updates so far, this one included.
    public let update: Int
    /// The rate that it used.
    public let learningRate: Float
    /// The norm of the whole gradient before any scaling down.
    public let gradientNorm: Float
    /// Whether the gradient was scaled down to the bound.
    public let isClipped: Bool
}
