import Mathematics
import Problems
import Testing

@Suite struct `Arithmetic family` {
    private let standard: ArithmeticFamily

    init() throws { standard = try ArithmeticFamily(dials: ArithmeticDials()) }

    private func problems(_ family: ArithmeticFamily, seed: UInt64, _ split: ProblemSplit, _ count: UInt64) -> [Problem]
    {
        (0..<count).map { family.problem(seed: seed, index: $0, split: split) }
    }

    @Test func `problems stay what they are`() {
        // If these change, a resumed run sees other problems than the ones it ordered.
        let words = standard.problem(seed: 1, index: 0, split: .train)
        #expect(
            words.question
                == "A box holds 1 nut, all times 6, less 5 taken out, plus 8 put in, less 6 taken out. Nuts now?")
        #expect(words.referenceSolution == "1*6=6\n6-5=1\n1+8=9\n9-6=3\n#### 3")
        #expect(standard.problem(seed: 1, index: 2, split: .train).question == "9; +1; -1")
        #expect(
            standard.problem(seed: 1, index: 0, split: .test).question
                == "Ben saw 6 birds, then 9 came, then 7 came. Birds now?")
    }

    @Test func `a problem depends on its seed, index and split only`() throws {
        let other = try ArithmeticFamily(dials: [:])
        let forward = problems(standard, seed: 5, .train, 200)
        let backward = (0..<200).reversed().map { other.problem(seed: 5, index: $0, split: .train) }
        #expect(forward == backward.reversed())
        #expect(forward != problems(standard, seed: 6, .train, 200))
        #expect(forward != problems(standard, seed: 5, .test, 200))
    }

    @Test(arguments: ArithmeticDials.Style.allCases)
    func `the reference solution follows from the question and gives the answer`(style: ArithmeticDials.Style) throws {
        var dials = ArithmeticDials()
        dials.style = style
        for problem in problems(try ArithmeticFamily(dials: dials), seed: 2, .train, 500) {
            let solution = try #require(problem.referenceSolution)
            #expect(solution == solutionText(of: try operations(in: problem.question)), "\(problem)")
            #expect(grade(solution: solution, reference: problem.referenceAnswer).verdict == .correct, "\(problem)")
            #expect(solution.hasSuffix("\n#### \(problem.referenceAnswer)"))
        }
    }

    @Test func `a question shows its operands and nothing of its solution`() throws {
        for problem in problems(standard, seed: 3, .test, 500) {
            #expect(!problem.question.contains { "#=\n".contains($0) }, "\(problem)")
            // A numeral each for the start and for every step: none is left over that could be a result.
            let numerals = problem.question.split { !$0.isNumber }
            let stepCount = problem.referenceSolution!.split(separator: "\n").count - 1
            #expect(numerals.count == stepCount + 1, "\(problem)")
        }
    }

    @Test(arguments: [
        ["steps": "2..4", "operands": "1..9", "values": "0..99"],
        ["steps": "1", "operands": "0..50", "values": "-20..30"],
        ["steps": "9..11", "operands": "2..12", "values": "-30..5", "operations": "+-"],
        ["steps": "5", "operands": "0..3", "values": "-7..40", "operations": "*-"],
        ["steps": "4..6", "operands": "0..5", "values": "2..60", "operations": "*+"],
    ])
    func `every problem keeps to its dials`(dials: [String: String]) throws {
        let family = try ArithmeticFamily(dials: dials)
        var stepCounts: Set<Int> = []
        var reached: Set<Int> = []
        for problem in problems(family, seed: 4, .train, 2000) {
            let steps = try operations(in: problem.question)
            stepCounts.insert(steps.count - 1)
            for step in steps {
                #expect(family.dials.operands.contains(step.operand), "\(problem)")
                #expect(step.symbol == "=" || family.dials.operations.map(\.rawValue).contains(step.symbol))
            }
            for value in values(of: steps) {
                #expect(family.dials.values.contains(value), "\(problem)")
                reached.insert(value)
            }
        }
        #expect(stepCounts == Set(family.dials.steps))
        // The bounds are reached, so the ranges are not narrower than the dials say.
        #expect(reached.contains(family.dials.values.lowerBound) && reached.contains(family.dials.values.upperBound))
    }

    @Test func `no problem of one split is in the other, whatever the seed, the dials and the style`() throws {
        var solutions: [ProblemSplit: Set<String>] = [.train: [], .test: []]
        for style in ["symbols", "words"] {
            for operands in ["1..9", "1..5"] {
                let family = try ArithmeticFamily(dials: ["steps": "2..3", "style": style, "operands": operands])
                for split in [ProblemSplit.train, .test] {
                    for seed in UInt64(1)...3 {
                        solutions[split]!.formUnion(
                            problems(family, seed: seed, split, 2000).map { $0.referenceSolution! })
                    }
                }
            }
        }
        // The solution spells out the whole calculation, so it names the problem whatever the words.
        let (train, test) = (solutions[.train]!, solutions[.test]!)
        #expect(train.isDisjoint(with: test))
        #expect(train.count > 3000 && test.count > 1000, "enough were drawn for an overlap to show")
    }

    @Test func `both splits have the same distribution of dials`() throws {
        func shares(_ split: ProblemSplit) throws -> [String: Double] {
            var counts: [String: Double] = [:]
            let count = 8000
            for problem in problems(standard, seed: 7, split, UInt64(count)) {
                let steps = try operations(in: problem.question)
                counts["steps \(steps.count - 1)", default: 0] += 1
                let isInSymbols = problem.question.first!.isNumber
                counts[isInSymbols ? "in symbols" : "opens \(problem.question.prefix(3))", default: 0] += 1
                counts["first \(steps[1].symbol)", default: 0] += 1
                counts["start \(steps[0].operand)", default: 0] += 1
                counts["answer \(Int(problem.referenceAnswer)! / 20)", default: 0] += 1
            }
            return counts.mapValues { $0 / Double(count) }
        }
        let (train, test) = (try shares(.train), try shares(.test))
        #expect(Set(train.keys) == Set(test.keys))
        for (key, share) in train {
            // Four standard deviations of a difference of two shares of 8,000; which numbers fall in the test split is
            // itself a draw among few short problems, so two points are allowed for on top.
            let deviation = (2 * share * (1 - share) / 8000).squareRoot()
            #expect(abs(share - test[key]!) < 4 * deviation + 0.02, "\(key): train \(share), test \(test[key]!)")
        }
        for stepCount in 2...4 { #expect(abs(train["steps \(stepCount)"]! - 1.0 / 3) < 0.025) }
        #expect(abs(train["in symbols"]! - 0.5) < 0.025)
    }

    @Test func `operations are as likely as each other where all are possible`() throws {
        let family = try ArithmeticFamily(dials: ["steps": "1", "operands": "1..9", "values": "-100..100"])
        var counts: [Character: Int] = [:]
        for split in [ProblemSplit.train, .test] {
            for problem in problems(family, seed: 8, split, 3000) {
                counts[try operations(in: problem.question)[1].symbol, default: 0] += split == .test ? 1 : 3
            }
        }
        for symbol in "+-*" { #expect(abs(Double(counts[symbol]!) / 12_000 - 1.0 / 3) < 0.03, "\(counts)") }
    }
}

/// One numeral of a question, with the operation in front of it; `=` for the start.
private struct Told: Equatable {
    let symbol: Character
    let operand: Int
}

/// Reads a question by its words, independently of how it was made.
private func operations(in question: String) throws -> [Told] {
    try question.split(whereSeparator: { ";,".contains($0) }).enumerated().map { position, clause in
        let numeral = clause.split { !$0.isNumber }
        let operand = try #require(Int(numeral[0]))
        #expect(numeral.count == 1)
        if position == 0 { return Told(symbol: "=", operand: operand) }
        if let symbol = clause.first(where: { "+-*".contains($0) }) { return Told(symbol: symbol, operand: operand) }
        if clause.contains("times") { return Told(symbol: "*", operand: operand) }
        let isLoss = ["loses", "taken out", "left"].contains { clause.contains($0) }
        let isGain = ["gets", "put in", "came"].contains { clause.contains($0) }
        try #require(isLoss != isGain)
        return Told(symbol: isLoss ? "-" : "+", operand: operand)
    }
}

private func values(of steps: [Told]) -> [Int] {
    steps.dropFirst().reduce(into: [steps[0].operand]) { values, step in
        let value = values.last!
        values.append(
            step.symbol == "+" ? value + step.operand : step.symbol == "-" ? value - step.operand : value * step.operand
        )
    }
}

private func solutionText(of steps: [Told]) -> String {
    let values = values(of: steps)
    let lines = steps.indices.dropFirst().map {
        "\(values[$0 - 1])\(steps[$0].symbol)\(steps[$0].operand)=\(values[$0])\n"
    }
    return lines.joined() + "#### \(values.last!)"
}
