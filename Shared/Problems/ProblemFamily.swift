/// A source of problems that are made, not stored.
public protocol ProblemFamily: Sendable {
    /// The name that a recipe calls the family by.
    static var name: String { get }

    /// Dials from easy to hard, for a `DifficultyController`: those of a level are to replace a recipe's with the same keys. Empty for a
    /// family that has no such order.
    static var levels: [[String: String]] { get }

    /// Reads the dials; those that are absent keep their defaults.
    ///
    /// - Throws: `ProblemsError` if a dial is unknown, cannot be read, or does not go with the others.
    init(dials: [String: String]) throws(ProblemsError)

    /// Makes a problem: a pure function of the dials and the arguments, whichever process calls it and however often.
    ///
    /// No problem of `train` is one of `test`, whatever the seeds, indices and dials, and none of either is one of a shift
    /// of a family with the same dials. Within a split two indices may give the same problem.
    ///
    /// - Precondition: `check(_:)` accepts the split.
    func problem(seed: UInt64, index: UInt64, split: ProblemSplit) -> Problem

    /// Checks that the family has problems of a split. Every family has those of `train` and `test`; by default it has no
    /// others.
    ///
    /// - Throws: `ProblemsError` with `noSuchSplit` if it never has any, `impossibleDials` if these dials allow too few.
    func check(_ split: ProblemSplit) throws(ProblemsError)
}

extension ProblemFamily {
    /// None.
    public static var levels: [[String: String]] { [] }

    /// Accepts `train` and `test`.
    public func check(_ split: ProblemSplit) throws(ProblemsError) {
        guard split != .train, split != .test else { return }
        throw ProblemsError(
            .noSuchSplit,
            "A split of \(Self.name) must be one of: train, test; got \(split.rawValue). Choose one of them, or another "
                + "family.")
    }
}
