@testable import Problems
import Testing

@Suite struct `Graphs of quantities` {
    private let theme = Theme.all[0]

    private func graph(_ facts: [Fact], asked: Int, theme: Theme = Theme.all[0]) -> QuantityGraph {
        let quantities = facts.indices.map { theme.quantity(of: Person.allCases[$0], in: theme.things) }
        return QuantityGraph(theme: theme, quantities: quantities, facts: facts, asked: asked)
    }

    private let chain = [
        Fact(0, .given(12)), Fact(1, .related(Relation(.more, [0], .init(5)))),
        Fact(2, .related(Relation(.times, [1], .init(3)))),
    ]

    @Test func `the key has the structure and the numbers`() {
        #expect(graph(chain, asked: 2).key == "q0=12; q1=q0 more 5; q2=q1 times 3; ask q2")
        let alternative = Fact.Alternative(
            condition: .exceeds(quantity: 0, threshold: 20),
            otherwise: .related(Relation(.fraction, [0], .init(2, over: 3))))
        let conditional = [chain[0], Fact(1, chain[1].statement, alternative)]
        #expect(graph(conditional, asked: 1).key == "q0=12; q1=if q0>20 then q0 more 5 else q0 fraction 2/3; ask q1")
    }

    @Test func `what the answer does not follow from is a distractor`() {
        let facts = chain + [Fact(3, .given(8)), Fact(4, .related(Relation(.more, [2], .init(1))))]
        #expect(graph(facts, asked: 2).needed == [0, 1, 2])
        #expect(graph(facts, asked: 2).neededFacts == chain)
        #expect(graph(facts, asked: 4).needed == [0, 1, 2, 4])
    }

    @Test func `a value that is not whole, out of its limits or stated too late is none`() {
        #expect(graph(chain, asked: 2).values(within: 1...51) == [12, 17, 51])
        #expect(graph(chain, asked: 2).values(within: 1...50) == nil)
        #expect(graph(chain.reversed(), asked: 2).values(within: 1...99) == nil)
        let thirds = [Fact(0, .given(10)), Fact(1, .related(Relation(.fraction, [0], .init(2, over: 3))))]
        #expect(graph(thirds, asked: 1).values(within: 1...99) == nil)
    }

    private func splits(of graph: QuantityGraph) -> [ProblemSplit] { ProblemSplit.allCases.filter(graph.isOf) }

    @Test func `the split depends on nothing but the calculations`() {
        var splits: Set<[ProblemSplit]> = []
        for number in 2...40 {
            let facts = [Fact(0, .given(12)), Fact(1, .related(Relation(.more, [0], .init(number))))]
            let split = self.splits(of: graph(facts, asked: 1))
            splits.insert(split)
            // Another world; a distractor; another relation with the same calculation; the summands turned round.
            #expect(self.splits(of: graph(facts, asked: 1, theme: Theme.all[3])) == split)
            #expect(self.splits(of: graph(facts + [Fact(2, .given(7))], asked: 1)) == split)
            let gain = [facts[0], Fact(1, .related(Relation(.gain, [0], .init(number))))]
            #expect(self.splits(of: graph(gain, asked: 1)) == split)
            let turned = [Fact(0, .given(number)), Fact(1, .related(Relation(.more, [0], .init(12))))]
            #expect(self.splits(of: graph(turned, asked: 1)) == split)
        }
        #expect(splits == [[.train], [.test], [.rangeShift, .formShift]])
    }

    @Test func `the solution has one calculation a line, and says how a condition came out`() throws {
        let alternative = Fact.Alternative(
            condition: .exceeds(quantity: 0, threshold: 12),
            otherwise: .related(Relation(.percent, [0], .init(75))))
        let event = Fact.Alternative(
            condition: .event(.visit, happens: false), otherwise: .related(Relation(.fraction, [1], .init(2, over: 3))))
        let facts = [chain[0], Fact(1, chain[1].statement, alternative), Fact(2, chain[2].statement, event)]
        let graph = graph(facts, asked: 2)
        let values = try #require(graph.values(within: 1...99))
        #expect(
            graph.solution(values) == "12 is not more than 12, so 12*75/100=9\nNo guest comes, so 9/3*2=6\n#### 6")
    }
}
