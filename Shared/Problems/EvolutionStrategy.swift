/// A way to make a new problem from one that there is; the names are what the dial `evolve` takes.
///
/// - Source: MuggleMath (arXiv 2310.05506), whose five ways of having a query rewritten these do on the graph.
public enum EvolutionStrategy: String, Sendable, CaseIterable {
    /// Other numbers; quantities, relations and question stay.
    case changeNumbers = "change-numbers"
    /// One comparison becomes one by a fraction or percentage; if none can, a relation of this kind is added.
    case fractionsOrPercentages = "fractions-or-percentages"
    /// A relation of a concept is added that the problem does not have yet.
    case combineConcepts = "combine-concepts"
    /// One statement gets a condition, and a second statement for when that does not hold.
    case conditionalStatement = "conditional-statement"
    /// One relation more is on the way to the answer.
    case moreComplex = "more-complex"
}
