import Basics
import Mathematics
@testable import Problems
import Testing

/// Dials that together use everything there is, evolution included.
private let manyDials: [[String: String]] = [
    [:],
    ["operations": "1", "distractors": "0"],
    ["operations": "6..8", "distractors": "3"],
    ["values": "1..3", "factors": "2..3", "distractors": "1..2"],
    ["values": "100..9000", "limit": "1000000", "factors": "2..100"],
    ["relations": "total+difference+more"],
    ["relations": "rate+groups+conversion+fewer", "operations": "1..3"],
    ["relations": "share+price+gain+loss+times", "operations": "2..3"],
    ["relations": "fraction+percent", "operations": "2", "values": "20..400"],
    ["evolve": "change-numbers"],
    ["evolve": "fractions-or-percentages", "generations": "1..2"],
    ["evolve": "combine-concepts", "generations": "1..2"],
    ["evolve": "conditional-statement", "generations": "1..3"],
    ["evolve": "more-complex", "generations": "3"],
    allStrategies,
]

private let allStrategies = [
    "evolve": "change-numbers+fractions-or-percentages+combine-concepts+conditional-statement+more-complex",
    "generations": "0..3",
]

@Suite struct `Word family` {
    private let standard: WordFamily

    init() throws { standard = try WordFamily(dials: WordDials()) }

    private func problems(_ family: WordFamily, seed: UInt64, _ split: ProblemSplit, _ count: UInt64) -> [Problem] {
        (0..<count).map { family.problem(seed: seed, index: $0, split: split) }
    }

    /// The graph that a problem was told from: it is drawn first.
    private func graph(_ family: WordFamily, seed: UInt64, index: UInt64, _ split: ProblemSplit) -> EvolvedGraph {
        var generator = SeededGenerator(seed: seed, name: "words/\(split.rawValue)/\(index)")
        return family.graph(split: split, &generator)
    }

    @Test func `problems stay what they are`() {
        // If these change, a resumed run sees other problems than the ones it ordered.
        let train = standard.problem(seed: 1, index: 0, split: .train)
        #expect(
            train.question
                == "In the bakery, Kate bakes 41 rolls. Of the rolls that Kate bakes, she drops 10. Kate later gets 24 more "
                + "rolls. Kate has 35 more rolls now than Seth bakes. Seth later gets 43 more rolls. How many rolls does Seth "
                + "have now?")
        #expect(train.referenceSolution == "41-10=31\n31+24=55\n55-35=20\n20+43=63\n#### 63")
        #expect(train.ancestry.isEmpty)
        let test = standard.problem(seed: 1, index: 0, split: .test)
        #expect(
            test.question.hasPrefix("Olga makes 4 candles. The number of candles that Olga makes, multiplied by 9, is"))
        #expect(test.referenceSolution == "4/2=2\n2*7=14\n#### 14")
    }

    @Test func `a problem depends on its seed, index and split only`() throws {
        let (first, second) = (try WordFamily(dials: allStrategies), try WordFamily(dials: allStrategies))
        let forward = problems(first, seed: 5, .train, 60)
        let backward = (0..<60).reversed().map { second.problem(seed: 5, index: $0, split: .train) }
        #expect(forward == backward.reversed())
        #expect(forward != problems(first, seed: 6, .train, 60))
        #expect(forward != problems(first, seed: 5, .test, 60))
    }

    @Test(arguments: manyDials)
    func `every step recomputes, and the answer is what the solver finds`(dials: [String: String]) throws {
        let family = try WordFamily(dials: dials)
        for split in [ProblemSplit.train, .test] {
            for (index, problem) in problems(family, seed: 2, split, 40).enumerated() {
                let solution = SolutionText(try #require(problem.referenceSolution))
                #expect(!solution.results.contains(nil), "\(problem)")
                #expect(solution.results.last == solution.answer, "\(problem)")
                #expect("\(solution.answer ?? 0)" == problem.referenceAnswer)
                #expect(
                    grade(solution: problem.referenceSolution!, reference: problem.referenceAnswer).verdict == .correct)
                let made = graph(family, seed: 2, index: UInt64(index), split)
                #expect(try made.graph.solve() == solution.answer, "\(problem)")
                #expect(made.ancestry == problem.ancestry)
            }
        }
    }

    @Test(arguments: manyDials)
    func `a text has each stated number once, and no trace of how it was put together`(dials: [String: String]) throws {
        let family = try WordFamily(dials: dials)
        for (index, problem) in problems(family, seed: 3, .train, 80).enumerated() {
            let text = problem.question
            let graph = graph(family, seed: 3, index: UInt64(index), .train).graph
            #expect(StatedNumbers.read(text) == StatedNumbers.of(graph), "\(text)")
            #expect(!text.contains { "{}[]|#=\n_".contains($0) }, "\(text)")
            #expect(!text.contains("  ") && !text.contains(" .") && !text.contains(" ,") && !text.contains(".."))
            #expect(text.hasSuffix("?") || text.hasSuffix("."), "\(text)")
            for sentence in text.split(separator: ". ") {
                #expect(sentence.first!.isUppercase || sentence.first!.isNumber, "\(text)")
            }
        }
    }

    @Test func `nouns and verbs agree with their numbers`() throws {
        // Ones are frequent here.
        let family = try WordFamily(dials: ["values": "1..3", "factors": "2..3", "distractors": "1..2"])
        let nouns = Theme.all.flatMap { theme in
            [theme.thing, theme.bundle?.noun, theme.container, theme.pack, theme.pace?.period, Unit.money.noun]
                .compactMap { $0 }
        }
        var ones = 0
        for problem in problems(family, seed: 4, .train, 600) {
            let words = problem.question.split(separator: " ").map { $0.filter { $0.isLetter || $0.isNumber } }
            for (place, word) in words.enumerated().dropLast() {
                guard let number = Int(word) else { continue }
                let isCompared = ["more", "fewer"].contains(words[place + 1])
                guard let noun = words[place...].dropFirst(isCompared ? 2 : 1).first else { continue }
                ones += number == 1 ? 1 : 0
                let isWrong = nouns.contains {
                    // Bundles begin with the noun that is inflected.
                    let (one, many) = ($0.one.split(separator: " ")[0], $0.many.split(separator: " ")[0])
                    return one != many && noun == (number == 1 ? many : one)
                }
                #expect(!isWrong, "\(number) \(noun) in: \(problem.question)")
            }
            #expect(!problem.question.contains(#/and \w+ (has|earns|packs|puts|sells|keeps|sticks) /#), "\(problem)")
        }
        #expect(ones > 300)
    }

    @Test(arguments: [
        ["operations": "2..4", "distractors": "0..2", "values": "2..60"],
        ["operations": "1", "distractors": "1", "values": "5..9", "relations": "more+fewer+times+total"],
        ["operations": "5..6", "distractors": "0", "values": "10..30", "limit": "120", "factors": "3..4"],
    ])
    func `every problem keeps to its dials`(dials: [String: String]) throws {
        let family = try WordFamily(dials: dials)
        let dials = family.dials
        var (operations, distractors, given): (Set<Int>, Set<Int>, Set<Int>) = ([], [], [])
        for index in 0..<600 as Range<UInt64> {
            let graph = graph(family, seed: 5, index: index, .train).graph
            let values = try #require(graph.values(within: 1...dials.limit))
            operations.insert(graph.relations(values).count)
            distractors.insert(graph.facts.count - graph.neededFacts.count)
            for statement in graph.facts.flatMap(\.statements) {
                switch statement {
                case .given(let value): given.insert(value)
                case .related(let relation):
                    let isDistractor = !graph.neededFacts.contains { $0.statement == statement }
                    #expect(isDistractor || dials.relations.contains(relation.kind))
                    switch relation.kind {
                    case .more, .fewer, .gain, .loss: #expect(dials.values.contains(relation.numbers.number))
                    case .times, .share, .price, .rate, .groups:
                        #expect(dials.factors.contains(relation.numbers.number))
                    case .fraction, .percent, .total, .difference, .conversion: break
                    }
                }
            }
        }
        #expect(operations == Set(dials.operations) && distractors == Set(dials.distractors))
        #expect(given == Set(dials.values), "the range is no narrower than the dial says")
    }

    @Test func `all relations, worlds and persons occur`() throws {
        var (kinds, themes, people): (Set<RelationKind>, Set<Theme>, Set<Person>) = ([], [], [])
        for index in 0..<1500 as Range<UInt64> {
            let graph = graph(standard, seed: 6, index: index, .train).graph
            kinds.formUnion(graph.neededFacts.compactMap { $0.statement.relation?.kind })
            themes.insert(graph.theme)
            people.formUnion(graph.quantities.flatMap(\.subject.people))
        }
        #expect(kinds == Set(RelationKind.allCases))
        #expect(themes == Set(Theme.all))
        #expect(people == Set(Person.allCases))
    }

    @Test(arguments: [["distractors": "3"], ["distractors": "3"].merging(allStrategies) { first, _ in first }])
    func `without its distractors a problem has the same answer and the same solution`(dials: [String: String]) throws {
        let family = try WordFamily(dials: dials)
        for index in 0..<300 as Range<UInt64> {
            let whole = graph(family, seed: 7, index: index, .train).graph
            var core = whole
            core.facts = whole.neededFacts
            #expect(core.facts.count <= whole.facts.count - 3)
            #expect(try core.solve() == whole.solve())
            let values = try #require(whole.values(within: 1...family.dials.limit))
            #expect(core.solution(values) == whole.solution(values))
            #expect(ProblemSplit.allCases.allSatisfy { core.isOf($0) == whole.isOf($0) })
            // Any other fact is needed.
            for place in core.facts.indices {
                var less = core
                less.facts.remove(at: place)
                #expect(throws: ProblemsError.self) { try less.solve() }
            }
        }
    }

    @Test func `the words of no two quantities are the same`() throws {
        let family = try WordFamily(dials: allStrategies.merging(["operations": "4..6"]) { first, _ in first })
        for index in 0..<300 as Range<UInt64> {
            let graph = graph(family, seed: 8, index: index, .test).graph
            let named = graph.quantities.indices.filter { $0 != graph.asked || !graph.isDifferenceAsked }
            #expect(Set(named.map { graph.quantities[$0] }).count == named.count, "\(graph.key)")
        }
    }

    @Test func `both splits have the same distribution of dials and of what is drawn`() throws {
        func shares(_ split: ProblemSplit) -> [String: Double] {
            var counts: [String: Double] = [:]
            for index in 0..<2000 as Range<UInt64> {
                let graph = graph(standard, seed: 9, index: index, split).graph
                let relations = graph.neededFacts.compactMap(\.statement.relation)
                counts["operations \(relations.count)", default: 0] += 1
                counts["distractors \(graph.facts.count - graph.neededFacts.count)", default: 0] += 1
                counts["place \(graph.theme.place)", default: 0] += 1
                counts["last \(relations.last!.kind)", default: 0] += 1
            }
            return counts.mapValues { $0 / 2000 }
        }
        let (train, test) = (shares(.train), shares(.test))
        for (key, share) in train {
            // Four standard deviations of a difference of two shares of 2,000, and half a point for rare ones.
            let deviation = (2 * share * (1 - share) / 2000).squareRoot()
            #expect(
                abs(share - test[key, default: 0]) < 4 * deviation + 0.005, "\(key): \(share), \(test[key, default: 0])"
            )
        }
        for operations in 2...4 { #expect(abs(train["operations \(operations)"]! - 1.0 / 3) < 0.043) }
        #expect(abs(train["distractors 1"]! - 0.5) < 0.045)
    }
}
