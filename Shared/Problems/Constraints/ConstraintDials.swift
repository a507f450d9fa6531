/// How hard the problems of `ConstraintFamily` are.
public struct ConstraintDials: Hashable, Sendable {
    /// Number of variables, each as likely; 2 to 4.
    public var variables = 2...3
    /// The integers that every variable is one of; within 0 to 99, 2 to 30 of them.
    public var domain = 1...9
    /// Number of forced case splits of the reference solution, each as likely; 0 to 6.
    public var splits = 0...1
    /// Number of constraints that follow from the others, each as likely; 0 to 4.
    public var distractors = 0...1
    /// `variables` of the split `form-shift`; nil for the next two numbers.
    public var shiftedVariables: ClosedRange<Int>?
    /// `domain` of the split `range-shift`; nil for the integers directly above, twice as many.
    public var shiftedDomain: ClosedRange<Int>?

    /// The default dials.
    public init() {}

    /// The dials as one split has them, without shifts.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials` if a dial is out of its limits, or a shift could hold problems of
    ///   `train` or `test`.
    func settled(for split: ProblemSplit) throws(ProblemsError) -> ConstraintDials {
        try validate(variables: 4, integers: 99, count: 30)
        var dials = self
        switch split {
        case .train, .test: break
        case .formShift:
            dials.variables = shiftedVariables ?? (variables.upperBound + 1)...(variables.upperBound + 2)
            try DialText.check(
                dials.variables, named: "shifted-variables", apartFrom: variables, named: "variables")
        case .rangeShift:
            dials.domain = shiftedDomain ?? domain.shifted
            try DialText.check(dials.domain, named: "shifted-domain", above: domain, named: "domain")
        }
        if split.isShift { try dials.validate(variables: 6, integers: 999, count: 60) }
        return dials
    }

    private func validate(variables most: Int, integers: Int, count: Int) throws(ProblemsError) {
        try DialText.check(variables, named: "variables", within: 2...most)
        try DialText.check(domain, named: "domain", within: 0...integers)
        try DialText.check(splits, named: "splits", within: 0...6)
        try DialText.check(distractors, named: "distractors", within: 0...4)
        guard (2...count).contains(domain.count) else {
            throw ProblemsError(
                .impossibleDials,
                "The domain must have 2 to \(count) integers; \(text(domain)) has \(domain.count). Choose other ends.")
        }
    }
}
