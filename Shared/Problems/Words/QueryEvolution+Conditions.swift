import Basics

extension QueryEvolution {
    /// Gives one fact a condition and another statement of the same quantity for when it does not hold. All other facts stay;
    /// a relation is taken before a given value, whose choice would be no step of the solution.
    func conditionalStatement(_ graph: QuantityGraph, _ generator: inout SeededGenerator) -> QuantityGraph? {
        let draw = NumberDraw(dials: dials, theme: graph.theme)
        let values = GraphBuilder(graph, dials: dials).values
        let needed = graph.needed
        let places = graph.facts.indices.filter { place in
            let fact = graph.facts[place]
            return needed.contains(fact.quantity) && fact.alternative == nil
                && fact.statement.relation?.kind.isStated ?? true
        }
        let related = places.filter { graph.facts[$0].statement.relation != nil }
        let given = places.filter { graph.facts[$0].statement.relation == nil }
        for place in generator.shuffled(related) + generator.shuffled(given) {
            let statement = graph.facts[place].statement
            guard let condition = condition(on: statement.operands.first, graph, draw, &generator),
                let otherwise = otherStatement(graph, place, draw, values, &generator), otherwise != statement
            else { continue }
            var changed = graph
            changed.facts[place].alternative = Fact.Alternative(condition: condition, otherwise: otherwise)
            if changed.values(within: draw.limits) != nil { return changed }
        }
        return nil
    }

    /// Draws a condition: on the operand, or on an event that no other fact depends on.
    private func condition(
        on operand: Int?, _ graph: QuantityGraph, _ draw: NumberDraw, _ generator: inout SeededGenerator
    ) -> Condition? {
        if let operand, generator.draw(in: 0...1) == 1 {
            return .exceeds(quantity: operand, threshold: generator.draw(in: draw.given))
        }
        let used = graph.facts.compactMap { fact -> Event? in
            guard case .event(let event, _) = fact.alternative?.condition else { return nil }
            return event
        }
        let events = Event.allCases.filter { !used.contains($0) }
        guard !events.isEmpty else { return nil }
        return .event(generator.draw(from: events), happens: generator.draw(in: 0...1) == 1)
    }

    /// Draws what else could be stated: another comparison with the same quantity, or the same with other numbers.
    private func otherStatement(
        _ graph: QuantityGraph, _ place: Int, _ draw: NumberDraw, _ values: [Int], _ generator: inout SeededGenerator
    ) -> Statement? {
        let fact = graph.facts[place]
        guard let relation = fact.statement.relation, relation.kind.compares else {
            return draw.again(fact.statement, values, &generator)
        }
        let kinds: [RelationKind] =
            graph.isOfPart(relation, fact.quantity)
            ? [.fraction, .percent] : RelationKind.allCases.filter(\.compares)
        let kind = generator.draw(from: kinds)
        return draw.numbers(kind, taking: values[relation.operands[0]], &generator).map {
            .related(Relation(kind, relation.operands, $0))
        }
    }
}
