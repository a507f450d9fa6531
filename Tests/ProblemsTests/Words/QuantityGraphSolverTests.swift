@testable import Problems
import Testing

@Suite struct `Solver of word problems` {
    @Test func `a chain of relations is solved, in whatever order it is stated`() throws {
        // 12; 5 more: 17; both: 29; 3 dollars each: 87.
        let facts = [
            Fact(0, .given(12)), Fact(1, .related(Relation(.more, [0], .init(5)))),
            Fact(2, .related(Relation(.total, [0, 1]))), Fact(3, .related(Relation(.price, [2], .init(3)))),
        ]
        #expect(try graph(facts, asked: 3).solve() == 87)
        #expect(try graph(facts.reversed(), asked: 3).solve() == 87)
        #expect(try graph(facts, asked: 1).solve() == 17)
    }

    @Test(
        arguments: [
            (.more, .init(5), 29), (.gain, .init(5), 29), (.fewer, .init(5), 19), (.loss, .init(5), 19),
            (.times, .init(3), 72), (.price, .init(3), 72), (.rate, .init(3), 72), (.groups, .init(3), 72),
            (.conversion, .init(12), 288), (.share, .init(4), 6), (.fraction, .init(3, over: 8), 9),
            (.percent, .init(75), 18),
        ] as [(RelationKind, Relation.Numbers, Int)])
    func `each relation of one quantity has the result that its words say`(
        kind: RelationKind, numbers: Relation.Numbers, expected: Int
    ) throws {
        let graph = graph([Fact(0, .given(24)), Fact(1, .related(Relation(kind, [0], numbers)))], asked: 1)
        #expect(try graph.solve() == expected)
        #expect(graph.values(within: 1...999)?.prefix(2) == [24, expected])
    }

    @Test func `a difference is taken from the first`() throws {
        let facts = [
            Fact(0, .given(24)), Fact(1, .given(9)), Fact(2, .related(Relation(.difference, [0, 1]))),
        ]
        #expect(try graph(facts, asked: 2).solve() == 15)
    }

    @Test func `two statements about two quantities are solved together`() throws {
        // Together 30, and one has 6 more than the other: no order of evaluation gets there.
        let facts = [
            Fact(2, .given(30)), Fact(2, .related(Relation(.total, [0, 1]))),
            Fact(1, .related(Relation(.more, [0], .init(6)))),
        ]
        let graph = graph(facts, asked: 1)
        #expect(try graph.solve() == 18)
        #expect(graph.values(within: 1...999) == nil)
    }

    @Test(arguments: [(12, 17), (10, 20), (3, 6)])
    func `a condition on a quantity is decided by its value`(given: Int, expected: Int) throws {
        let alternative = Fact.Alternative(
            condition: .exceeds(quantity: 0, threshold: 10), otherwise: .related(Relation(.times, [0], .init(2))))
        let facts = [
            Fact(1, .related(Relation(.more, [0], .init(5))), alternative), Fact(0, .given(given)),
        ]
        #expect(try graph(facts, asked: 1).solve() == expected)
    }

    @Test(arguments: [(true, 17), (false, 24)])
    func `a condition on an event is decided by what happens`(happens: Bool, expected: Int) throws {
        let alternative = Fact.Alternative(
            condition: .event(.rain, happens: happens), otherwise: .related(Relation(.times, [0], .init(2))))
        let facts = [Fact(0, .given(12)), Fact(1, .related(Relation(.more, [0], .init(5))), alternative)]
        #expect(try graph(facts, asked: 1).solve() == expected)
    }

    @Test(
        arguments: [
            // Nothing is given.
            [Fact(1, .related(Relation(.more, [0], .init(5))))],
            // Each follows from the other, by one and the same statement.
            [
                Fact(1, .related(Relation(.more, [0], .init(5)))), Fact(0, .related(Relation(.fewer, [1], .init(5)))),
            ],
            // Only a quantity is given that the asked one does not follow from.
            [Fact(0, .given(5)), Fact(1, .related(Relation(.times, [2], .init(2))))],
            // What decides the condition is open.
            [
                Fact(0, .given(5)),
                Fact(
                    1, .related(Relation(.more, [0], .init(5))),
                    .init(condition: .exceeds(quantity: 2, threshold: 3), otherwise: .given(4))),
            ],
            // The answer is seven and a half.
            [Fact(0, .given(15)), Fact(1, .related(Relation(.share, [0], .init(2))))],
        ] as [[Fact]])
    func `a graph that leaves the answer open is refused`(facts: [Fact]) {
        let error = #expect(throws: ProblemsError.self) { try graph(facts, asked: 1).solve() }
        #expect(error?.code == .openGraph, "\(error?.message ?? "")")
    }

    @Test(
        arguments: [
            // Given twice.
            [Fact(0, .given(5)), Fact(0, .given(6)), Fact(1, .given(1))],
            // More than something that is as many.
            [
                Fact(1, .related(Relation(.more, [0], .init(5)))), Fact(1, .related(Relation(.more, [0], .init(6)))),
            ],
            // A cycle that no value fulfils.
            [
                Fact(1, .related(Relation(.more, [0], .init(5)))), Fact(0, .related(Relation(.more, [1], .init(5)))),
            ],
            // The condition's outcome contradicts what is given.
            [
                Fact(0, .given(5)), Fact(1, .given(9)),
                Fact(
                    1, .given(9), .init(condition: .exceeds(quantity: 0, threshold: 5), otherwise: .given(8))),
            ],
        ] as [[Fact]])
    func `a graph that contradicts itself is refused`(facts: [Fact]) {
        let error = #expect(throws: ProblemsError.self) { try graph(facts, asked: 1).solve() }
        #expect(error?.code == .contradictoryGraph, "\(error?.message ?? "")")
    }

    @Test func `a fact is idle where a difference does not depend on it`() {
        let given = Fact(0, .given(12))
        func difference(by kind: RelationKind) -> QuantityGraph {
            graph(
                [
                    given, Fact(1, .related(Relation(kind, [0], .init(2)))),
                    Fact(2, .related(Relation(.more, [1], .init(3)))),
                    Fact(3, .related(Relation(.difference, [2, 0]))),
                ], asked: 3)
        }
        // 2 and 3 more are 5 more, whatever there is; but twice as many and 3 more depend on it.
        #expect(difference(by: .more).hasIdleFacts)
        #expect(!difference(by: .times).hasIdleFacts)
        #expect(!graph([given], asked: 0).hasIdleFacts)
    }
}

/// A graph of four quantities with these facts.
private func graph(_ facts: [Fact], asked: Int) -> QuantityGraph {
    let theme = Theme.all[0]
    let quantities = (0..<4).map { theme.quantity(of: Person.allCases[$0], in: theme.things) }
    return QuantityGraph(theme: theme, quantities: quantities, facts: facts, asked: asked)
}
