/// A way to make a new problem from one that there is: on the graph of a word problem, or by asking a model to rewrite a question. The
/// names are what recipes and ancestries take.
///
/// - Source: MuggleMath (arXiv 2310.05506), whose five ways of having a query rewritten these are.
public enum EvolutionStrategy: String, Sendable, CaseIterable {
    /// Other numbers; what is told and what is asked stay. On a graph: quantities, relations and question.
    case changeNumbers = "change-numbers"
    /// A fraction or percentage comes in. On a graph one comparison becomes one; if none can, a relation of this kind is added.
    case fractionsOrPercentages = "fractions-or-percentages"
    /// A concept is added that the problem does not have yet. On a graph: a relation of it.
    case combineConcepts = "combine-concepts"
    /// Something depends on a condition. On a graph one statement gets it, and a second statement for when that does not hold.
    case conditionalStatement = "conditional-statement"
    /// There is more on the way to the answer. On a graph: one relation.
    case moreComplex = "more-complex"
}
