/// What is done to the advantages of all rollouts that are trained on together.
public enum BatchNormalisation: String, Sendable, CaseIterable {
    /// Nothing.
    case none
    /// They are divided by their standard deviation.
    case scaled
    /// Their mean is taken away, and what is left is divided by their standard deviation.
    case whitened

    /// What is added to the deviation, so that equal advantages are not divided by 0.
    ///
    /// - Source: verl, papers.md section 6.3 (1e-6 in a group).
    static let smallest = 1e-6

    /// The advantages of the rollouts' tokens, normalised over all tokens; the same shape. The deviation is that of a sample, divided by n - 1;
    /// of a single token it is taken for 1.
    public func applied(to advantages: [[Double]]) -> [[Double]] {
        let all = advantages.joined()
        guard self != .none, !all.isEmpty else { return advantages }
        let mean = all.reduce(0, +) / Double(all.count)
        let squares = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let deviation = all.count > 1 ? (squares / Double(all.count - 1)).squareRoot() : 1
        let shift = self == .whitened ? mean : 0
        return advantages.map { $0.map { ($0 - shift) / (deviation + Self.smallest) } }
    }
}
