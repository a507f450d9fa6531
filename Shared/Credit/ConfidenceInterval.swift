/// A 95% confidence interval of an accuracy or of a difference of two.
public struct ConfidenceInterval: Hashable, Sendable {
    /// The lower end.
    public let lower: Double
    /// The upper end.
    public let upper: Double

    /// The 97.5% point of the standard normal distribution.
    private static let z = 1.959963984540054

    /// The interval of an accuracy by Wilson's score method, which stays within 0...1 and is no point at 0% or 100%.
    ///
    /// - Parameters:
    ///   - correctCount: problems solved; 0...`problemCount`.
    ///   - problemCount: problems tried; without any the interval is 0...1.
    /// - Source: Wilson 1927.
    public static func accuracy(correctCount: Int, problemCount: Int) -> ConfidenceInterval {
        precondition(
            correctCount >= 0 && correctCount <= problemCount, "\(correctCount) correct of \(problemCount)")
        guard problemCount > 0 else { return ConfidenceInterval(lower: 0, upper: 1) }
        let n = Double(problemCount)
        let share = Double(correctCount) / n
        let spread = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        let scale = 1 + z * z / n
        let centre = share + z * z / (2 * n)
        return ConfidenceInterval(lower: max(0, (centre - spread) / scale), upper: min(1, (centre + spread) / scale))
    }

    /// The interval of the gain in accuracy from `before` to `after` on the same problems, by Bonett and Price's
    /// adjusted Wald method.
    ///
    /// Only problems that one of the two solves and the other does not tell about the gain, so the pairing makes the
    /// interval narrower than two separate ones. The method adds one problem of either kind, which keeps its coverage
    /// near 95% even with a handful of them.
    ///
    /// - Parameters:
    ///   - before: whether each problem was solved by the first policy.
    ///   - after: whether it was solved by the second; as many, in the same order.
    /// - Source: Bonett and Price 2012, "Adjusted Wald confidence interval for a difference of binomial proportions
    ///   based on paired data".
    public static func gain(before: [Bool], after: [Bool]) -> ConfidenceInterval {
        precondition(before.count == after.count, "\(before.count) problems before and \(after.count) after")
        let n = Double(before.count) + 2
        let won = Double(zip(before, after).count { !$0 && $1 } + 1) / n
        let lost = Double(zip(before, after).count { $0 && !$1 } + 1) / n
        let spread = z * ((won + lost - (won - lost) * (won - lost)) / n).squareRoot()
        return ConfidenceInterval(lower: max(-1, won - lost - spread), upper: min(1, won - lost + spread))
    }
}
