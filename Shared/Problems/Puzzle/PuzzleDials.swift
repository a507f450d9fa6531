/// How large the puzzles of `PuzzleFamily` are.
///
/// The defaults are small enough for a byte-level policy and for `PuzzleValue`.
public struct PuzzleDials: Hashable, Sendable {
    /// Numbers of a puzzle, each count as likely; 2 to 12.
    public var numbers = 3...4
    /// The given numbers, each as likely; -100,000 to 100,000.
    public var integers = 1...20
    /// The target; -100,000 to 100,000.
    public var target = 1...50
    /// The largest magnitude of a computed number in the solution that a puzzle is made from; 1 to 1,000,000,000. Solutions
    /// that go beyond it are right all the same.
    public var bound = 400
    /// Operations of that solution, each as likely wherever it has a result; not empty. Others are right all the same.
    public var operations = PuzzleOperation.allCases
    /// `numbers` of the split `form-shift`; nil for the next two counts.
    public var shiftedNumbers: ClosedRange<Int>?
    /// `integers` of the split `range-shift`; nil for those directly above, twice as many.
    public var shiftedIntegers: ClosedRange<Int>?
    /// `target` of the split `range-shift`; nil for those directly above, twice as many.
    public var shiftedTarget: ClosedRange<Int>?
    /// `bound` of the split `range-shift`; nil for nine times as much.
    public var shiftedBound: Int?

    /// The default dials.
    public init() {}

    /// The dials as one split has them, without shifts.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials` if a dial is out of its limits, or a shift could hold problems of
    ///   `train` or `test`.
    func settled(for split: ProblemSplit) throws(ProblemsError) -> PuzzleDials {
        try validate(limit: 100_000, most: 12)
        var dials = self
        switch split {
        case .train, .test: break
        case .formShift:
            dials.numbers = shiftedNumbers ?? (numbers.upperBound + 1)...(numbers.upperBound + 2)
            try DialText.check(dials.numbers, named: "shifted-numbers", apartFrom: numbers, named: "numbers")
        case .rangeShift:
            dials.integers = shiftedIntegers ?? integers.shifted
            dials.target = shiftedTarget ?? target.shifted
            dials.bound = shiftedBound ?? 9 * min(bound, Puzzle.largestValue / 9)
            try DialText.check(dials.integers, named: "shifted-integers", above: integers, named: "integers")
            try DialText.check(dials.target, named: "shifted-target", above: target, named: "target")
        }
        if split.isShift { try dials.validate(limit: 1_000_000, most: 14) }
        return dials
    }

    private func validate(limit: Int, most: Int) throws(ProblemsError) {
        try DialText.check(numbers, named: "numbers", within: 2...most)
        try DialText.check(integers, named: "integers", within: -limit...limit)
        try DialText.check(target, named: "target", within: -limit...limit)
        try DialText.check(bound...bound, named: "bound", within: 1...Puzzle.largestValue)
        guard !operations.isEmpty else {
            throw ProblemsError(.impossibleDials, "There must be at least one operation; got none. Set operations.")
        }
    }
}
