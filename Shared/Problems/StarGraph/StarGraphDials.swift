/// How large the graphs of `StarGraphFamily` are.
///
/// The defaults keep questions short, because a byte is a token.
public struct StarGraphDials: Hashable, Sendable {
    /// Branches at the centre, d, each number as likely; 2 to 32.
    public var branches = 2...3
    /// Nodes of a branch, the centre not counted, l, each number as likely; 1 to 32.
    public var length = 3...4
    /// Names of nodes, of which each graph uses some; 0 to 99,999.
    public var labels = 1...49
    /// `branches` of the split `form-shift`; nil for one more than the most.
    public var shiftedBranches: ClosedRange<Int>?
    /// `length` of the split `form-shift`; nil for `length` itself.
    public var shiftedLength: ClosedRange<Int>?
    /// `labels` of the split `range-shift`; nil for those directly above, twice as many.
    public var shiftedLabels: ClosedRange<Int>?

    /// The default dials.
    public init() {}

    /// The dials as one split has them, without shifts.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials` if a dial is out of its limits, or a shift could hold problems of
    ///   `train` or `test`.
    func settled(for split: ProblemSplit) throws(ProblemsError) -> StarGraphDials {
        try validate(most: 32, largestLabel: 99_999)
        var dials = self
        switch split {
        case .train, .test: return self
        case .formShift:
            dials.branches = shiftedBranches ?? (branches.upperBound + 1)...(branches.upperBound + 1)
            dials.length = shiftedLength ?? length
            guard !(dials.branches.overlaps(branches) && dials.length.overlaps(length)) else {
                throw ProblemsError(
                    .impossibleDials,
                    "Either shifted-branches or shifted-length must be apart from branches and length, so that no problem is "
                        + "of both; got \(text(dials.branches)) and \(text(dials.length)). Move one of them.")
            }
        case .rangeShift:
            dials.labels = shiftedLabels ?? labels.shifted
            try DialText.check(dials.labels, named: "shifted-labels", above: labels, named: "labels")
        }
        try dials.validate(most: 33, largestLabel: 999_999)
        return dials
    }

    private func validate(most: Int, largestLabel: Int) throws(ProblemsError) {
        try DialText.check(branches, named: "branches", within: 2...most)
        try DialText.check(length, named: "length", within: 1...most)
        try DialText.check(labels, named: "labels", within: 0...largestLabel)
        // With eight labels even the smallest graph has so many forms, 168, that both splits have some.
        let nodes = max(8, 1 + branches.upperBound * length.upperBound)
        guard labels.count >= nodes else {
            throw ProblemsError(
                .impossibleDials,
                "There must be at least 8 labels, and one for every node, \(nodes) with \(text(branches)) branches of "
                    + "\(text(length)) nodes; got \(labels.count). Widen labels, or ask for smaller graphs.")
        }
    }
}
