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

    /// The default dials.
    public init() {}

    /// Checks the limits stated with each dial.
    func validate() throws(ProblemsError) {
        try DialText.check(operations, named: "operations", within: 1...8)
        try DialText.check(distractors, named: "distractors", within: 0...3)
        try DialText.check(values, named: "values", within: 1...10_000)
        try DialText.check(factors, named: "factors", within: 2...100)
        try DialText.check(limit...limit, named: "limit", within: 10...1_000_000)
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
