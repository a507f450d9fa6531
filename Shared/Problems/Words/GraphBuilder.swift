import Basics

/// Lets a graph grow, fact by fact, within dials.
///
/// Each function draws what it adds, and changes nothing where that cannot be within the dials and the theme.
struct GraphBuilder {
    let draw: NumberDraw
    private(set) var graph: QuantityGraph
    /// Of all quantities.
    private(set) var values: [Int]

    /// Begins with one given value, in a unit that some allowed relation can convert, or in plain things.
    init(theme: Theme, dials: WordDials, _ generator: inout SeededGenerator) {
        draw = NumberDraw(dials: dials, theme: theme)
        let units = [
            theme.things, dials.relations.contains(.rate) ? theme.paced : nil,
            dials.relations.contains(.groups) ? theme.packed : nil,
            dials.relations.contains(.conversion) ? theme.bundled : nil,
        ].compactMap { $0 }
        let quantity = theme.quantity(of: generator.draw(from: Person.allCases), in: generator.draw(from: units))
        let value = generator.draw(in: draw.given)
        graph = QuantityGraph(theme: theme, quantities: [quantity], facts: [Fact(0, .given(value))], asked: 0)
        values = [value]
    }

    /// Goes on with a graph that the family made.
    init(_ graph: QuantityGraph, dials: WordDials) {
        draw = NumberDraw(dials: dials, theme: graph.theme)
        self.graph = graph
        guard let values = graph.values(within: draw.limits) else { preconditionFailure("\(graph.key) has no values") }
        self.values = values
    }

    /// Draws an order in which kinds are tried: those that do something before the others, or after them. Without this the
    /// others, which can nearly always be used, would crowd them out.
    func order(_ kinds: [RelationKind], _ generator: inout SeededGenerator) -> [RelationKind] {
        let isActionFirst = generator.draw(in: 0...1) == 1
        let kinds = generator.shuffled(kinds)
        return kinds.filter { $0.isAction == isActionFirst } + kinds.filter { $0.isAction != isActionFirst }
    }

    /// Draws somebody whom the graph does not know; nil if it knows everybody.
    func newPerson(_ generator: inout SeededGenerator) -> Person? {
        let others = Person.allCases.filter { person in
            !graph.quantities.contains { $0.subject.people.contains(person) }
        }
        return others.isEmpty ? nil : generator.draw(from: others)
    }

    /// Adds a quantity with its fact; nil if another one has its words, or its value is out of its limits.
    ///
    /// - Parameter place: Where among the facts; nil for the end.
    mutating func add(_ quantity: Quantity, _ statement: Statement, at place: Int? = nil) -> Int? {
        // A difference is only asked for: it needs no words of its own.
        let isNamed = statement.relation?.kind == .difference || !graph.quantities.contains(quantity)
        guard isNamed, let value = statement.value(values), draw.limits.contains(value) else { return nil }
        graph.quantities.append(quantity)
        values.append(value)
        graph.facts.insert(Fact(values.count - 1, statement), at: place ?? graph.facts.count)
        return values.count - 1
    }

    /// The quantity of somebody else in the same unit; nil if there is nobody else.
    func compared(_ quantity: Int, _ generator: inout SeededGenerator) -> Quantity? {
        newPerson(&generator).map { graph.theme.quantity(of: $0, in: graph.quantities[quantity].unit) }
    }

    /// Asks for another quantity.
    mutating func ask(_ quantity: Int) { graph.asked = quantity }

    /// Replaces the statement of a fact by one that gives the same value.
    mutating func restate(_ place: Int, _ statement: Statement) { graph.facts[place].statement = statement }

    /// Whether nothing was done yet with the things of a quantity, or of its people, that uses them up.
    func isAvailable(_ quantity: Int) -> Bool {
        let people = Set(graph.quantities[quantity].subject.people)
        return graph.facts.allSatisfy { fact in
            guard let relation = fact.statement.relation, relation.kind.usesUp, fact.quantity != quantity else {
                return true
            }
            return people.isDisjoint(with: graph.quantities[fact.quantity].subject.people)
        }
    }
}
