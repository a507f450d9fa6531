import Basics

extension GraphBuilder {
    /// Adds a relation of one of the kinds that takes the asked quantity to a new one, and asks for that.
    ///
    /// - Returns: Whether there is one.
    mutating func append(_ kinds: [RelationKind], _ generator: inout SeededGenerator) -> Bool {
        let tip = graph.asked
        guard !graph.isDifferenceAsked else { return false }
        for kind in order(kinds, &generator) {
            // A builder that fails half-way is thrown away.
            var next = self
            if let added = next.appendOne(kind, to: tip, &generator) {
                next.ask(added)
                self = next
                return true
            }
        }
        return false
    }

    private mutating func appendOne(
        _ kind: RelationKind, to tip: Int, _ generator: inout SeededGenerator
    ) -> Int? {
        switch kind {
        case .total, .difference: return combine(kind, tip, &generator)
        case .more, .fewer, .times, .fraction, .percent:
            let part = graph.theme.result(of: kind, from: graph.quantities[tip])
            let isOfPart = part != nil && generator.draw(in: 0...1) == 1
            return relate(kind, tip, isOfPart ? part : compared(tip, &generator), &generator)
        case .share, .gain, .loss, .price:
            guard isAvailable(tip), values[tip] > 1 else { return nil }
            return relate(kind, tip, graph.theme.result(of: kind, from: graph.quantities[tip]), &generator)
        case .rate, .groups, .conversion:
            return relate(kind, tip, graph.theme.result(of: kind, from: graph.quantities[tip]), &generator)
        }
    }

    private mutating func relate(
        _ kind: RelationKind, _ operand: Int, _ result: Quantity?,
        _ generator: inout SeededGenerator
    ) -> Int? {
        guard let result, let numbers = draw.numbers(kind, taking: values[operand], &generator) else { return nil }
        return add(result, .related(Relation(kind, [operand], numbers)))
    }

    /// Adds a total or a difference of a quantity and another one, which the answer followed from or which is new.
    private mutating func combine(
        _ kind: RelationKind, _ tip: Int, _ generator: inout SeededGenerator
    ) -> Int? {
        let needed = graph.needed.sorted()
        let known = needed.filter { kind == .total ? canBeAdded($0, to: tip) : canBeTaken($0, from: tip) }
        let isKnown = !known.isEmpty && generator.draw(in: 0...1) == 1
        guard let other = isKnown ? generator.draw(from: known) : addPartner(of: tip, &generator) else { return nil }
        let words = (graph.quantities[tip], graph.quantities[other])
        if kind == .total {
            let subject = Subject(words.1.subject.people + words.0.subject.people)
            return add(Quantity(subject, words.0.verb, words.0.unit), .related(Relation(.total, [other, tip])))
        }
        guard values[tip] != values[other] else { return nil }
        let ordered = values[tip] > values[other] ? [tip, other] : [other, tip]
        return add(graph.quantities[ordered[0]], .related(Relation(.difference, ordered)))
    }

    /// Adds somebody with a given value of the same; nil if the tip is not what somebody just has.
    private mutating func addPartner(of tip: Int, _ generator: inout SeededGenerator) -> Int? {
        guard let person = newPerson(&generator) else { return nil }
        let partner = graph.theme.quantity(of: person, in: graph.quantities[tip].unit)
        guard partner.verb == graph.quantities[tip].verb, partner.unit.kind != .packed else { return nil }
        return add(partner, .given(generator.draw(in: draw.given)))
    }

    /// Whether the sum of two quantities means something and can be named: other people do the same with the same.
    private func canBeAdded(_ other: Int, to tip: Int) -> Bool {
        let (first, second) = (graph.quantities[other], graph.quantities[tip])
        return first.verb == second.verb && first.unit == second.unit && first.unit.kind != .packed
            && first.subject.container == nil && second.subject.container == nil
            && Set(first.subject.people).isDisjoint(with: second.subject.people)
    }

    /// Whether the difference of two quantities is a question: no fact states it.
    private func canBeTaken(_ other: Int, from tip: Int) -> Bool {
        guard other != tip, graph.quantities[other].unit == graph.quantities[tip].unit else { return false }
        return graph.facts.allSatisfy { fact in
            let isBetween = fact.quantity == tip && fact.operands.contains(other)
            return !isBetween
                || fact.statements.allSatisfy { [.times, .fraction, .percent, .share].contains($0.relation?.kind) }
        }
    }
}
