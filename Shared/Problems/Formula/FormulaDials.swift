/// How hard the problems of `FormulaFamily` are.
public struct FormulaDials: Hashable, Sendable {
    /// Columns of the table, each count as likely; 2 to 8. One of three, and two of five or more, hold texts.
    public var columns = 3...4
    /// Rows of the table, each count as likely; 2 to 12.
    public var rows = 3...4
    /// Operators and functions of a formula, each count as likely; 1 to 8.
    public var operations = 2...4
    /// The numbers in the table, each as likely; 1 to 100,000.
    public var values = 1...50
    /// The constants of a formula, each as likely, other than digits to round to and characters to keep; 2 to 100,000.
    public var constants = 2...20
    /// What formulas are made of, each as likely where it can be used; not empty.
    public var functions = FormulaConstruct.allCases
    /// The share of requests that are made to describe another formula; 0 to 1.
    public var misdescribed = 0.0
    /// The surrogates whose rules must keep a request; those that are dropped are drawn again.
    public var validate = Surrogate.allCases
    /// `operations` of the split `form-shift`; nil for the next two counts.
    public var shiftedOperations: ClosedRange<Int>?
    /// `values` of the split `range-shift`; nil for those directly above, twice as many.
    public var shiftedValues: ClosedRange<Int>?
    /// `constants` of the split `range-shift`; nil for those directly above, twice as many.
    public var shiftedConstants: ClosedRange<Int>?

    /// The default dials.
    public init() {}

    /// The dials as one split has them, without shifts.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials` if a dial is out of its limits, or a shift could hold problems of
    ///   `train` or `test`.
    func settled(for split: ProblemSplit) throws(ProblemsError) -> FormulaDials {
        try validate(limit: 100_000, most: 8)
        var dials = self
        switch split {
        case .train, .test: break
        case .formShift:
            dials.operations = shiftedOperations ?? (operations.upperBound + 1)...(operations.upperBound + 2)
            try DialText.check(
                dials.operations, named: "shifted-operations", apartFrom: operations, named: "operations")
        case .rangeShift:
            dials.values = shiftedValues ?? values.shifted
            dials.constants = shiftedConstants ?? constants.shifted
            try DialText.check(dials.values, named: "shifted-values", above: values, named: "values")
            try DialText.check(dials.constants, named: "shifted-constants", above: constants, named: "constants")
        }
        if split.isShift { try dials.validate(limit: 1_000_000, most: 10) }
        return dials
    }

    private func validate(limit: Int, most: Int) throws(ProblemsError) {
        try DialText.check(columns, named: "columns", within: 2...8)
        try DialText.check(rows, named: "rows", within: 2...12)
        try DialText.check(operations, named: "operations", within: 1...most)
        try DialText.check(values, named: "values", within: 1...limit)
        try DialText.check(constants, named: "constants", within: 2...limit)
        guard !functions.isEmpty else {
            throw ProblemsError(
                .impossibleDials, "There must be at least one group of functions; got none. Set functions.")
        }
        guard (0...1).contains(misdescribed) else {
            throw ProblemsError(
                .impossibleDials, "The dial misdescribed must lie within 0..1; got \(misdescribed). Set a share.")
        }
    }
}
