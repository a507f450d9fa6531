/// How hard the problems of `WordFamily` are.
public struct WordDials: Hashable, Sendable {
    /// Number of relations that the answer follows from, each as likely; 1 to 8. Evolution may add some.
    public var operations = 2...4
    /// Number of facts that the answer does not follow from, each as likely; 0 to 3.
    public var distractors = 0...1
    /// Range of given values, and of what is added or taken away; 1 to 10,000.
    public var values = 2...60
    /// Range of what is multiplied or divided by: times, containers, prices, periods, packs; 2 to 100. Fractions have
    /// denominators up to 10, percentages are multiples of 5, and conversions have the factors that they have.
    public var factors = 2...9
    /// The greatest value that any quantity may have, the least being 1; 10 to 1,000,000.
    public var limit = 1_000
    /// Relations to choose from; not empty. Where both can be used, half are those that do something with the things, such as
    /// `share` and `price`, and half the others; among either each is as likely. Evolution may bring others.
    public var relations = RelationKind.allCases
    /// Strategies by which problems are evolved, each as likely; empty for problems as they are first made.
    public var evolve: [EvolutionStrategy] = []
    /// Number of strategies that are applied one after another, each as likely; 0 to 3. Without meaning where `evolve` is
    /// empty.
    public var generations = 1...1
    /// `operations` of the split `form-shift`; nil for the next two numbers.
    public var shiftedOperations: ClosedRange<Int>?
    /// `values` of the split `range-shift`; nil for those directly above, twice as many.
    public var shiftedValues: ClosedRange<Int>?
    /// `limit` of the split `range-shift`; nil for four times as much.
    public var shiftedLimit: Int?

    /// The default dials.
    public init() {}

    /// The dials as a shift has them.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials` if they are out of their limits, or the shifted ones are not above the others.
    func shifted(to split: ProblemSplit) throws(ProblemsError) -> WordDials {
        var dials = self
        if split == .formShift {
            dials.operations = shiftedOperations ?? (operations.upperBound + 1)...(operations.upperBound + 2)
            try DialText.check(dials.operations, named: "shifted-operations", above: operations, named: "operations")
        } else {
            dials.values = shiftedValues ?? values.shifted
            dials.limit = shiftedLimit ?? 4 * limit
            try DialText.check(dials.values, named: "shifted-values", above: values, named: "values")
        }
        try dials.validate(operationLimit: 12, valueLimit: 100_000, limitLimit: 10_000_000)
        return dials
    }

    /// Checks the limits stated with each dial; those of shifts are wider.
    func validate(operationLimit: Int = 8, valueLimit: Int = 10_000, limitLimit: Int = 1_000_000) throws(ProblemsError)
    {
        try DialText.check(operations, named: "operations", within: 1...operationLimit)
        try DialText.check(distractors, named: "distractors", within: 0...3)
        try DialText.check(values, named: "values", within: 1...valueLimit)
        try DialText.check(factors, named: "factors", within: 2...100)
        try DialText.check(limit...limit, named: "limit", within: 10...limitLimit)
        try DialText.check(generations, named: "generations", within: 0...3)
        guard values.lowerBound <= limit else {
            throw ProblemsError(
                .impossibleDials,
                "A given value must be within the limit; got values \(text(values)) and limit \(limit). Raise the limit."
            )
        }
        guard !relations.isEmpty else {
            throw ProblemsError(.impossibleDials, "There must be at least one relation; got none. Set relations.")
        }
    }
}
