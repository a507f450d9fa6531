import Basics

extension GraphBuilder {
    /// Adds facts that the answer does not follow from.
    ///
    /// - Returns: Whether there was place for all.
    mutating func addDistractors(_ count: Int, _ generator: inout SeededGenerator) -> Bool {
        for _ in 0..<count {
            guard let (quantity, statement, earliest) = distractor(&generator),
                add(quantity, statement, at: generator.draw(in: earliest...graph.facts.count)) != nil
            else { return false }
        }
        return true
    }

    /// Draws what somebody has of the same, how somebody compares with somebody, or a number that has nothing to do with it.
    ///
    /// - Returns: The fact, and the first place that it may have among the facts; nil if there is none.
    private func distractor(_ generator: inout SeededGenerator) -> (Quantity, Statement, earliest: Int)? {
        guard let person = newPerson(&generator) else { return nil }
        let theme = graph.theme
        switch generator.draw(in: 0...2) {
        case 0:
            let unit = graph.quantities[graph.facts[0].quantity].unit
            return (theme.quantity(of: person, in: unit), .given(generator.draw(in: draw.given)), 1)
        case 1:
            return (theme.quantity(of: person, in: .unrelated), .given(generator.draw(in: draw.given)), 1)
        default:
            let place = generator.draw(in: 0...(graph.facts.count - 1))
            let operand = graph.facts[place].quantity
            let unit = graph.quantities[operand].unit
            guard unit.kind != .unrelated, !(graph.isDifferenceAsked && operand == graph.asked) else { return nil }
            let kind = generator.draw(from: [RelationKind.more, .fewer, .times])
            return draw.numbers(kind, taking: values[operand], &generator).map {
                (theme.quantity(of: person, in: unit), .related(Relation(kind, [operand], $0)), place + 1)
            }
        }
    }
}
