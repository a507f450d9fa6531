/// A source of problems that are made, not stored.
public protocol ProblemFamily: Sendable {
    /// The name that a recipe calls the family by.
    static var name: String { get }

    /// Reads the dials; those that are absent keep their defaults.
    ///
    /// - Throws: `ProblemsError` if a dial is unknown, cannot be read, or does not go with the others.
    init(dials: [String: String]) throws(ProblemsError)

    /// Makes a problem: a pure function of the dials and the arguments, whichever process calls it and however often.
    ///
    /// No problem of one split is a problem of the other, whatever the seeds, indices and dials. Within a split two
    /// indices may give the same problem.
    func problem(seed: UInt64, index: UInt64, split: ProblemSplit) -> Problem
}
