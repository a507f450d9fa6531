/// A graph, and how it was evolved.
struct EvolvedGraph: Hashable, Sendable {
    let graph: QuantityGraph
    /// The graphs it was evolved from, the first one first; empty for one that was not.
    let ancestry: [Ancestor]

    init(_ graph: QuantityGraph, ancestry: [Ancestor] = []) {
        self.graph = graph
        self.ancestry = ancestry
    }
}
