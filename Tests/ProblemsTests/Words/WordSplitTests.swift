import Problems
import Testing

@Suite struct `Splits of word problems` {
    private static let strategies =
        "change-numbers+fractions-or-percentages+combine-concepts+conditional-statement+more-complex"

    @Test func `no problem of one split is in the other, evolved or not, whatever the seed and the dials`() throws {
        // Small numbers, so that many problems repeat and an overlap would show.
        let small = ["operations": "1..2", "distractors": "0..1", "values": "2..12", "factors": "2..4", "limit": "100"]
        let dials = [
            small, small.merging(["relations": "more+times+total"]) { $1 },
            small.merging(["evolve": Self.strategies, "generations": "1"]) { $1 },
            small.merging(["evolve": "change-numbers+more-complex", "generations": "0..3"]) { $1 },
        ]
        var questions: [ProblemSplit: Set<String>] = [.train: [], .test: []]
        var calculations: [ProblemSplit: Set<[String]>] = [.train: [], .test: []]
        var keys: [ProblemSplit: Set<String>] = [.train: [], .test: []]
        var count = 0
        for dials in dials {
            let family = try WordFamily(dials: dials)
            // Fewer evolved ones, and fewer for the test: those take longest to draw.
            let isEvolved = dials["evolve"] != nil
            for (split, number) in [(ProblemSplit.train, isEvolved ? 1500 : 2250), (.test, isEvolved ? 500 : 1000)] {
                for index in 0..<UInt64(number) {
                    let problem = family.problem(seed: 1 + index % 2, index: index / 2, split: split)
                    count += 1
                    questions[split]!.insert(problem.question)
                    keys[split]!.formUnion(problem.ancestry.map(\.key))
                    // Which calculations there are, in whatever order, with summands and factors in whatever order.
                    let solution = SolutionText(problem.referenceSolution!)
                    calculations[split]!.insert(solution.calculations.map(Self.inAnyOrder).sorted())
                }
            }
        }
        #expect(count >= 10_000)
        #expect(questions[.train]!.isDisjoint(with: questions[.test]!))
        #expect(calculations[.train]!.isDisjoint(with: calculations[.test]!))
        // Not even what problems were evolved from crosses over.
        #expect(keys[.train]!.isDisjoint(with: keys[.test]!))
        #expect(calculations[.train]!.count > 1500 && calculations[.test]!.count > 500, "an overlap could show")
    }

    @Test(arguments: [[:], ["evolve": "more-complex+change-numbers", "generations": "0..2"]])
    func `shifts have larger numbers or more operations, and no calculations of the others`(
        dials: [String: String]
    ) throws {
        let family = try WordFamily(dials: dials.merging(["values": "2..20", "operations": "1..2"]) { $1 })
        func solutions(_ split: ProblemSplit, _ count: UInt64) throws -> [SolutionText] {
            try family.check(split)
            return (0..<count).compactMap {
                family.problem(seed: 3, index: $0, split: split).referenceSolution.map(SolutionText.init)
            }
        }
        func calculations(_ solutions: [SolutionText]) -> Set<[String]> {
            Set(solutions.map { $0.calculations.map(Self.inAnyOrder).sorted() })
        }
        let seen = calculations(try solutions(.train, 600) + solutions(.test, 150))
        let (range, form) = (try solutions(.rangeShift, 100), try solutions(.formShift, 100))
        #expect(range.count == 100 && form.count == 100)
        #expect(seen.isDisjoint(with: calculations(range)) && seen.isDisjoint(with: calculations(form)))
        #expect(form.allSatisfy { $0.calculations.count >= 3 })
        if dials.isEmpty {
            // Some number is above those of `values`, which may be added and taken away too.
            #expect(
                range.allSatisfy {
                    $0.calculations.contains { $0.split { !$0.isNumber }.contains { (Int($0) ?? 0) > 20 } }
                })
        }
    }

    @Test func `repeats within a split are frequent enough that an overlap would have shown`() throws {
        let family = try WordFamily(dials: ["operations": "1", "values": "2..12", "factors": "2..4", "limit": "100"])
        func drawn(_ seed: UInt64) -> Set<[String]> {
            Set(
                (0..<1000).map {
                    SolutionText(family.problem(seed: seed, index: $0, split: .train).referenceSolution!).calculations
                })
        }
        let (first, second) = (drawn(1), drawn(2))
        #expect(first.intersection(second).count > 100)
    }

    private static func inAnyOrder(_ calculation: String) -> String {
        let sides = calculation.split(separator: "=")
        for symbol in ["+", "*"] where sides[0].contains(symbol) && !sides[0].contains("/") {
            return sides[0].split(separator: symbol).sorted().joined(separator: symbol) + "=" + sides[1]
        }
        return calculation
    }
}
