import Basics

/// Makes new problems from a problem, on its graph: so their answers are exact.
///
/// - Source: MuggleMath (arXiv 2310.05506) for the strategies; what each does to a graph is ours.
struct QueryEvolution {
    /// What evolved graphs keep to. Of the relations only `moreComplex` takes those that are allowed; other strategies bring
    /// those that they need.
    let dials: WordDials

    /// Evolves a graph once, and notes it as the last ancestor.
    ///
    /// - Returns: The new graph, whose words are those of the old one but for what the strategy changes; nil if it finds
    ///   nothing to change within the dials. Another state of the generator may.
    func evolve(
        _ parent: EvolvedGraph, by strategy: EvolutionStrategy, _ generator: inout SeededGenerator
    ) -> EvolvedGraph? {
        let graph = parent.graph
        let evolved: QuantityGraph? =
            switch strategy {
            case .changeNumbers: changeNumbers(graph, &generator)
            case .fractionsOrPercentages: fractionsOrPercentages(graph, &generator)
            case .combineConcepts: combineConcepts(graph, &generator)
            case .conditionalStatement: conditionalStatement(graph, &generator)
            case .moreComplex: extended(graph, by: dials.relations, &generator)
            }
        guard let evolved, !evolved.hasIdleFacts else { return nil }
        let ancestor = Ancestor(key: graph.key, strategy: strategy.rawValue)
        return EvolvedGraph(evolved, ancestry: parent.ancestry + [ancestor])
    }

    /// Draws all numbers anew; conditions keep what they are about, and may come out the other way.
    private func changeNumbers(_ graph: QuantityGraph, _ generator: inout SeededGenerator) -> QuantityGraph? {
        let draw = NumberDraw(dials: dials, theme: graph.theme)
        for _ in 0..<Self.drawLimit {
            var changed = graph
            var values = [Int](repeating: 0, count: graph.quantities.count)
            let isPossible = changed.facts.indices.allSatisfy { place in
                guard let fact = draw.again(changed.facts[place], values, &generator),
                    let value = fact.holding(values).value(values)
                else { return false }
                changed.facts[place] = fact
                values[fact.quantity] = value
                return true
            }
            if isPossible, changed.neededFacts != graph.neededFacts, changed.values(within: draw.limits) != nil {
                return changed
            }
        }
        return nil
    }

    /// Makes a fraction or a percentage of one comparison, and leaves all other facts as they are; if none can be, adds one.
    private func fractionsOrPercentages(
        _ graph: QuantityGraph, _ generator: inout SeededGenerator
    ) -> QuantityGraph? {
        let kinds: [RelationKind] = [.fraction, .percent]
        let draw = NumberDraw(dials: dials, theme: graph.theme)
        let values = GraphBuilder(graph, dials: dials).values
        let needed = graph.needed
        for place in generator.shuffled(Array(graph.facts.indices)) {
            let fact = graph.facts[place]
            guard needed.contains(fact.quantity), fact.alternative == nil, let relation = fact.statement.relation,
                relation.kind.compares, !kinds.contains(relation.kind)
            else { continue }
            for kind in generator.shuffled(kinds) {
                guard let numbers = draw.numbers(kind, taking: values[relation.operands[0]], &generator) else {
                    continue
                }
                var changed = graph
                changed.facts[place].statement = .related(Relation(kind, relation.operands, numbers))
                if changed.values(within: draw.limits) != nil { return changed }
            }
        }
        return extended(graph, by: kinds, &generator)
    }

    /// Adds a relation of a concept that the graph does not have.
    private func combineConcepts(_ graph: QuantityGraph, _ generator: inout SeededGenerator) -> QuantityGraph? {
        let concepts = Set(graph.neededFacts.flatMap(\.statements).compactMap { $0.relation?.kind.concept })
        return extended(graph, by: RelationKind.allCases.filter { !concepts.contains($0.concept) }, &generator)
    }

    /// Adds a relation behind the asked quantity or before a given one.
    private func extended(
        _ graph: QuantityGraph, by kinds: [RelationKind], _ generator: inout SeededGenerator
    ) -> QuantityGraph? {
        var builder = GraphBuilder(graph, dials: dials)
        let isExtended =
            generator.draw(in: 0...1) == 0
            ? builder.append(kinds, &generator) || builder.prepend(kinds, &generator)
            : builder.prepend(kinds, &generator) || builder.append(kinds, &generator)
        return isExtended ? builder.graph : nil
    }

    private static let drawLimit = 32
}
