/// First pits that one half of the continuations of surveyed prefixes finds, held against the other half.
///
/// A step that K continuations fail after is no pit where a further one succeeds. That can be seen without exact values: of the
/// continuations of each prefix the first half are those of a search, and the others check it. As these may fail by chance as well, the
/// share of false ones among those found is a lower bound.
///
/// - Source: ours; for the chance itself see `falsePitProbability(probability:count:)`.
public struct HeldOutPits: Sendable, Equatable {
    /// Pits that the first halves find.
    public private(set) var foundCount = 0
    /// Those of them that a continuation of the second half leaves again.
    public private(set) var falseCount = 0

    /// Counts nothing yet.
    public init() {}

    /// Adds an incorrect rollout.
    ///
    /// - Parameter prefixes: of its prefixes of one step, of two, and so on, whether each graded continuation is correct, in the order in
    ///   which they were sampled. One with fewer than two ends the search, for nothing can be said of it.
    public mutating func add(_ prefixes: [[Bool]]) {
        for continuations in prefixes {
            let half = continuations.count / 2
            guard half > 0 else { return }
            if continuations.prefix(half).contains(true) { continue }
            foundCount += 1
            if continuations.dropFirst(half).contains(true) { falseCount += 1 }
            return
        }
    }
}
