import Basics
@testable import Problems
import Testing

@Suite struct `Query evolution` {
    private let dials: WordDials
    private let family: WordFamily

    init() throws {
        var dials = WordDials()
        dials.distractors = 0...2
        self.dials = dials
        family = try WordFamily(dials: dials)
    }

    /// Parents with their children by a strategy; the parents are evolved themselves where `generations` says so.
    private func children(
        by strategy: EvolutionStrategy, seed: UInt64, count: UInt64 = 400
    ) -> [(parent: EvolvedGraph, child: EvolvedGraph)] {
        let evolution = QueryEvolution(dials: dials)
        return (0..<count).compactMap { index in
            var generator = SeededGenerator(seed: seed, name: "evolution/\(index)")
            var parent = family.graph(split: .train, &generator)
            for _ in 0..<(index % 3) {
                let before = EvolutionStrategy.allCases[generator.draw(in: 0...4)]
                parent = evolution.evolve(parent, by: before, &generator) ?? parent
            }
            return evolution.evolve(parent, by: strategy, &generator).map { (parent, $0) }
        }
    }

    @Test(arguments: EvolutionStrategy.allCases)
    func `an evolved graph has one answer, another key, and its parent as last ancestor`(strategy: EvolutionStrategy)
        throws
    {
        let made = children(by: strategy, seed: 1)
        #expect(made.count > 350, "\(strategy) finds something to change nearly always: \(made.count) of 400")
        for (parent, child) in made {
            let values = try #require(child.graph.values(within: 1...dials.limit))
            #expect(try child.graph.solve() == values[child.graph.asked])
            #expect(child.graph.key != parent.graph.key)
            #expect(child.ancestry == parent.ancestry + [Ancestor(key: parent.graph.key, strategy: strategy.rawValue)])
            #expect(child.graph.theme == parent.graph.theme)
            // Words that were there stay.
            #expect(Array(child.graph.quantities.prefix(parent.graph.quantities.count)) == parent.graph.quantities)
        }
    }

    @Test func `changed numbers change numbers and nothing else`() throws {
        for (parent, child) in children(by: .changeNumbers, seed: 2) {
            #expect(child.graph.quantities == parent.graph.quantities && child.graph.asked == parent.graph.asked)
            #expect(shape(child.graph) == shape(parent.graph))
            #expect(child.graph.neededFacts != parent.graph.neededFacts)
        }
    }

    @Test func `a fraction or percentage takes the place of a comparison, or is added`() throws {
        var replaced = 0
        let made = children(by: .fractionsOrPercentages, seed: 3)
        for (parent, child) in made {
            #expect(parts(child.graph) == parts(parent.graph) + 1)
            if child.graph.facts.count == parent.graph.facts.count {
                replaced += 1
                let changed = zip(parent.graph.facts, child.graph.facts).filter { $0 != $1 }
                #expect(changed.count == 1 && child.graph.asked == parent.graph.asked)
                let (old, new) = (changed[0].0.statement.relation!, changed[0].1.statement.relation!)
                #expect([.more, .fewer, .times].contains(old.kind) && [.fraction, .percent].contains(new.kind))
                #expect(old.operands == new.operands && changed[0].0.quantity == changed[0].1.quantity)
            } else {
                try expectOneRelationMore(parent.graph, child.graph) { [.fraction, .percent].contains($0.kind) }
            }
        }
        #expect(replaced > made.count / 3)
    }

    @Test func `combining concepts adds one relation of a concept that was not there`() throws {
        var added: Set<RelationKind> = []
        for (parent, child) in children(by: .combineConcepts, seed: 4) {
            let concepts = Set(parent.graph.neededFacts.flatMap(\.statements).compactMap { $0.relation?.kind.concept })
            try expectOneRelationMore(parent.graph, child.graph) { relation in
                added.insert(relation.kind)
                return !concepts.contains(relation.kind.concept)
            }
        }
        #expect(added.count > 8, "\(added)")
    }

    @Test func `more complex is one relation more`() throws {
        var (appended, prepended) = (0, 0)
        for (parent, child) in children(by: .moreComplex, seed: 5) {
            try expectOneRelationMore(parent.graph, child.graph) { dials.relations.contains($0.kind) }
            if child.graph.asked == parent.graph.asked {
                prepended += 1
                #expect(
                    try child.graph.solve() == parent.graph.solve(), "what comes before leaves all values as they are")
            } else {
                appended += 1
            }
        }
        #expect(appended > 100 && prepended > 100)
    }

    @Test func `a conditional statement adds a condition and what holds otherwise, and either may hold`() throws {
        var outcomes: [String: Int] = [:]
        for (parent, child) in children(by: .conditionalStatement, seed: 6) {
            #expect(child.graph.asked == parent.graph.asked && child.graph.quantities == parent.graph.quantities)
            let changed = zip(parent.graph.facts, child.graph.facts).filter { $0 != $1 }
            #expect(changed.count == 1)
            let (old, new) = changed[0]
            let alternative = try #require(new.alternative)
            #expect(old.alternative == nil && new.statement == old.statement && alternative.otherwise != old.statement)
            #expect(parent.graph.needed.contains(new.quantity))
            let values = try #require(child.graph.values(within: 1...dials.limit))
            let holds = alternative.condition.holds(values)
            outcomes["\(alternative.condition.quantity == nil ? "event" : "quantity") \(holds)", default: 0] += 1
            if holds { #expect(try child.graph.solve() == parent.graph.solve()) }
        }
        #expect(outcomes.count == 4 && outcomes.values.allSatisfy { $0 > 20 }, "\(outcomes)")
    }

    @Test func `events are used once in a problem`() throws {
        let evolution = QueryEvolution(dials: dials)
        var most = 0
        for index in 0..<100 as Range<UInt64> {
            var generator = SeededGenerator(seed: 7, name: "events/\(index)")
            var made = family.graph(split: .train, &generator)
            while let next = evolution.evolve(made, by: .conditionalStatement, &generator) { made = next }
            let events = made.graph.facts.compactMap { fact -> Event? in
                guard case .event(let event, _) = fact.alternative?.condition else { return nil }
                return event
            }
            #expect(Set(events).count == events.count)
            #expect(events.count <= made.ancestry.count)
            most = max(most, events.count)
        }
        #expect(most > 2)
    }

    @Test func `evolved problems have as many ancestors as generations, by the strategies that the dials allow`() throws
    {
        let family = try WordFamily(dials: [
            "evolve": "change-numbers+conditional-statement", "generations": "0..3", "operations": "2",
        ])
        var counts: [Int: Int] = [:]
        for index in 0..<400 as Range<UInt64> {
            let problem = family.problem(seed: 8, index: index, split: .test)
            counts[problem.ancestry.count, default: 0] += 1
            #expect(problem.ancestry.allSatisfy { ["change-numbers", "conditional-statement"].contains($0.strategy) })
            #expect(Set(problem.ancestry.map(\.key)).count == problem.ancestry.count)
        }
        #expect(Set(counts.keys) == [0, 1, 2, 3] && counts.values.allSatisfy { $0 > 60 }, "\(counts)")
    }

    /// The facts without their numbers.
    private func shape(_ graph: QuantityGraph) -> [[String]] {
        graph.facts.map { fact in
            let statements = fact.statements.map { statement in
                statement.relation.map { "\($0.kind) \($0.operands)" } ?? "given"
            }
            let condition: [String] =
                switch fact.alternative?.condition {
                case nil: []
                case .event(let event, let happens): ["\(event) \(happens)"]
                case .exceeds(let quantity, _): ["exceeds \(quantity)"]
                }
            return ["\(fact.quantity)"] + statements + condition
        }
    }

    /// How many fractions and percentages the answer follows from.
    private func parts(_ graph: QuantityGraph) -> Int {
        graph.neededFacts.count { [.fraction, .percent].contains($0.statement.relation?.kind) }
    }

    /// Checks that the answer follows from one relation more, that it is as it should be, and that all other facts are there
    /// still, but for a given value that is now a result and is the same.
    private func expectOneRelationMore(
        _ parent: QuantityGraph, _ child: QuantityGraph, _ isRight: (Relation) -> Bool
    ) throws {
        let missing = parent.facts.filter { !child.facts.contains($0) }
        let added = child.facts.filter { !parent.facts.contains($0) }
        let relations = added.compactMap(\.statement.relation)
        #expect(relations.count == 1 && relations.allSatisfy(isRight), "\(parent.key) -> \(child.key)")
        #expect(added.allSatisfy { child.needed.contains($0.quantity) })
        #expect(missing.count <= 1)
        if let restated = missing.first {
            let (before, after) = (
                try #require(parent.values(within: 1...dials.limit)),
                try #require(child.values(within: 1...dials.limit))
            )
            #expect(restated.statement.relation == nil && before[restated.quantity] == after[restated.quantity])
        }
    }
}
