/// Keeps a policy's pass rate in a band by moving between levels of difficulty, the first of which is the easiest.
///
/// Each time enough solutions of the current level are counted, their pass rate decides: above the band the next level follows,
/// below it the one before, and within it the level stays. Then counting starts anew, because the policy goes on learning.
/// Solutions of other levels, which come late, are kept in the totals only.
///
/// - Source: the group up-and-down design of Wetherill 1963 (Sequential estimation of quantal response curves), also Gezmu and
///   Flournoy 2006. The band and the size of a group are ours.
public struct DifficultyController: Hashable, Sendable {
    /// Pass rates, 0 to 1, that leave the level as it is.
    public let band: ClosedRange<Double>
    /// Solutions of the current level that it takes to decide.
    public let groupSize: Int
    /// The level to draw problems of, from 0 on.
    public private(set) var level: Int
    /// All that was counted, for each level.
    public private(set) var totals: [PassCount]
    /// What was counted of the current level since the last decision.
    public private(set) var group = PassCount()

    /// Starts at a level.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials` if there is no such level, the band is not within 0 to 1, or a group has
    ///   no solution.
    public init(
        levels: Int, startingAt level: Int = 0, band: ClosedRange<Double> = 0.3...0.7, groupSize: Int = 64
    ) throws(ProblemsError) {
        guard levels > 0, (0..<levels).contains(level) else {
            throw ProblemsError(
                .impossibleDials,
                "A level must be one of those there are, counted from 0; got \(level) of \(levels). Choose a lower one."
            )
        }
        guard band.lowerBound >= 0, band.upperBound <= 1 else {
            throw ProblemsError(
                .impossibleDials, "A band of pass rates must lie within 0 to 1; got \(band). Use shares, not percent.")
        }
        guard groupSize > 0 else {
            throw ProblemsError(
                .impossibleDials, "A group must have at least one solution; got \(groupSize). Use 64, for instance.")
        }
        self.band = band
        self.groupSize = groupSize
        self.level = level
        totals = Array(repeating: PassCount(), count: levels)
    }

    /// Counts solutions of a level's problems, and decides if there are enough.
    ///
    /// - Precondition: the level is one of those there are.
    public mutating func record(_ count: PassCount, at level: Int) {
        precondition(totals.indices.contains(level), "level \(level) is none of \(totals.count)")
        totals[level] = totals[level] + count
        guard level == self.level else { return }
        group = group + count
        guard group.trials >= groupSize, let rate = group.rate else { return }
        if rate > band.upperBound { self.level = min(level + 1, totals.count - 1) }
        if rate < band.lowerBound { self.level = max(level - 1, 0) }
        group = PassCount()
    }
}
