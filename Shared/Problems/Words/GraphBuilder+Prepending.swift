import Basics

extension GraphBuilder {
    /// Replaces a given value that the answer follows from by a relation of one of the kinds that gives the
    /// same value from a new given one. So every other value stays.
    ///
    /// - Returns: Whether there is one.
    mutating func prepend(_ kinds: [RelationKind], _ generator: inout SeededGenerator) -> Bool {
        let needed = graph.needed
        let places = graph.facts.indices.filter { place in
            let fact = graph.facts[place]
            return needed.contains(fact.quantity) && fact.alternative == nil && fact.statement.relation == nil
        }
        for place in generator.shuffled(places) {
            for kind in order(kinds, &generator) where prependOne(kind, before: place, &generator) { return true }
        }
        return false
    }

    private mutating func prependOne(_ kind: RelationKind, before place: Int, _ generator: inout SeededGenerator)
        -> Bool
    {
        let result = graph.facts[place].quantity
        guard let origin = origin(of: result, by: kind, &generator),
            let (value, numbers) = draw.origin(of: values[result], by: kind, &generator),
            let operand = add(origin, .given(value), at: place)
        else { return false }
        restate(place + 1, .related(Relation(kind, [operand], numbers)))
        return true
    }

    /// What a quantity follows from by a relation of a kind; nil if it cannot.
    private func origin(of result: Int, by kind: RelationKind, _ generator: inout SeededGenerator) -> Quantity? {
        let (quantity, theme) = (graph.quantities[result], graph.theme)
        if kind.compares { return compared(result, &generator) }
        let unit: Unit? =
            switch kind {
            case .rate: theme.paced
            case .groups: theme.packed
            case .conversion: theme.bundled
            default: nil
            }
        let origin = unit.map { Quantity(quantity.subject, theme.verb(for: $0), $0) }
        return origin.flatMap { theme.result(of: kind, from: $0) == quantity ? $0 : nil }
    }
}
