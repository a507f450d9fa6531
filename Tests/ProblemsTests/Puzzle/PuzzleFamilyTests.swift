import Mathematics
import Problems
import Testing

@Suite struct `The puzzle family` {
    private func problems(_ family: PuzzleFamily, seed: UInt64, _ split: ProblemSplit, _ count: UInt64) -> [Problem] {
        (0..<count).map { family.problem(seed: seed, index: $0, split: split) }
    }

    private func puzzles(_ family: PuzzleFamily, seed: UInt64, _ split: ProblemSplit, _ count: UInt64) throws
        -> [Puzzle]
    {
        try problems(family, seed: seed, split, count).map { try #require(Puzzle(question: $0.question)) }
    }

    @Test func `problems stay what they are`() throws {
        // If these change, a resumed run sees other problems than the ones it ordered.
        let family = try PuzzleFamily(dials: [:])
        let problem = family.problem(seed: 1, index: 0, split: .train)
        #expect(problem.question == "4 12 13 14 -> 10")
        #expect(problem.referenceSolution == "14-4=10\n13-12=1\n10/1=10\n#### 10")
        #expect(family.problem(seed: 1, index: 0, split: .test).question == "2 8 15 16 -> 7")
    }

    @Test func `a question is read as it is written, and nothing else is`() {
        #expect(Puzzle(question: "3 6 7 51 58 -> 4") == Puzzle(numbers: [58, 51, 7, 6, 3], target: 4))
        #expect(Puzzle(numbers: [7, -3, 7], target: -1).question == "-3 7 7 -> -1")
        #expect(Puzzle(question: "-3 7 7 -> -1")?.numbers == [-3, 7, 7])
        for text in [
            "", "-> 4", "3 6", "3 6 ->", "3 6 -> 4 5", "3, 6 -> 4", "3 6 = 4", "3 6 -> 9999999999", "3 x -> 1",
        ] {
            #expect(Puzzle(question: text) == nil, "\(text)")
        }
        #expect(Puzzle(question: String(repeating: "1 ", count: 64) + "-> 4") != nil)
        #expect(Puzzle(question: String(repeating: "1 ", count: 65) + "-> 4") == nil)
    }

    @Test(arguments: [
        [:], ["numbers": "5..6", "integers": "1..60", "target": "1..100", "bound": "5000"],
        ["numbers": "2", "integers": "-9..9", "target": "-20..20", "operations": "/*"],
    ])
    func `every reference solution is right by the plain rules, and within the dials`(dials: [String: String]) throws {
        let family = try PuzzleFamily(dials: dials)
        var (counts, operations): (Set<Int>, Set<Character>) = ([], [])
        for problem in problems(family, seed: 2, .train, 500) + problems(family, seed: 2, .test, 500) {
            let puzzle = try #require(Puzzle(question: problem.question))
            let solution = try #require(problem.referenceSolution)
            #expect(PlainPuzzle.isRight(solution, numbers: puzzle.numbers, target: puzzle.target), "\(problem)")
            #expect(problem.grade(solution).verdict == .correct)
            #expect(problem.referenceAnswer == "\(puzzle.target)")
            #expect(family.dials.numbers.contains(puzzle.numbers.count))
            #expect(puzzle.numbers.allSatisfy { family.dials.integers.contains($0) })
            #expect(family.dials.target.contains(puzzle.target))
            counts.insert(puzzle.numbers.count)
            for line in solution.split(separator: "\n").dropLast() {
                let match = try #require(line.wholeMatch(of: /-?\d+([-+*\/])-?\d+=(-?\d+)/))
                #expect(try abs(#require(Int(match.2))) <= family.dials.bound)
                operations.insert(Character(String(match.1)))
            }
        }
        #expect(counts == Set(family.dials.numbers))
        #expect(operations == Set(family.dials.operations.map(\.rawValue)))
    }

    @Test func `a problem depends on its seed, index and split only`() throws {
        let (family, other) = (try PuzzleFamily(dials: [:]), try PuzzleFamily(dials: PuzzleDials()))
        let forward = problems(family, seed: 5, .train, 100)
        #expect(forward == (0..<100).reversed().map { other.problem(seed: 5, index: $0, split: .train) }.reversed())
        #expect(forward != problems(family, seed: 6, .train, 100))
        #expect(forward != problems(family, seed: 5, .test, 100))
    }

    @Test func `no problem of train is one of test, whatever the seed and the dials`() throws {
        var seen: [ProblemSplit: Set<Puzzle>] = [:]
        for dials in [[:], ["integers": "1..9"], ["numbers": "3", "operations": "+-"]] as [[String: String]] {
            let family = try PuzzleFamily(dials: dials)
            for split in [ProblemSplit.train, .test] {
                for seed in UInt64(1)...2 {
                    seen[split, default: []].formUnion(try puzzles(family, seed: seed, split, 2000))
                }
            }
        }
        let (train, test) = (seen[.train]!, seen[.test]!)
        #expect(train.isDisjoint(with: test))
        #expect(train.count > 5000 && test.count > 3000, "enough were drawn for an overlap to show")
    }

    @Test(arguments: [
        [:],
        [
            "numbers": "3..4", "shifted-numbers": "2..2", "integers": "-5..5", "shifted-integers": "7..40",
            "target": "0..5", "shifted-target": "6..99", "shifted-bound": "999",
        ],
    ])
    func `no problem of a shift can be one of train or test`(dials: [String: String]) throws {
        let family = try PuzzleFamily(dials: dials)
        let known = try [ProblemSplit.train, .test].flatMap { try puzzles(family, seed: 3, $0, 2000) }
        let largest = try #require(known.flatMap(\.numbers).max())
        let largestTarget = try #require(known.map(\.target).max())
        try family.check(.rangeShift)
        let larger = try puzzles(family, seed: 3, .rangeShift, 500)
        #expect(larger.allSatisfy { $0.numbers.allSatisfy { $0 > largest } && $0.target > largestTarget })
        #expect(larger.allSatisfy { family.dials.numbers.contains($0.numbers.count) })
        try family.check(.formShift)
        let other = try puzzles(family, seed: 3, .formShift, 500)
        let counts = Set(known.map(\.numbers.count))
        #expect(other.allSatisfy { !counts.contains($0.numbers.count) })
        #expect(other.allSatisfy { $0.numbers.allSatisfy { family.dials.integers.contains($0) } })
        for problem in problems(family, seed: 4, .rangeShift, 300) + problems(family, seed: 4, .formShift, 300) {
            #expect(problem.grade(try #require(problem.referenceSolution)).verdict == .correct)
        }
    }

    @Test(
        arguments: [
            (["number": "2"], ProblemsError.Code.unknownDial, "\"number\""),
            (["numbers": "2-4"], .unreadableDial, "\"2-4\""), (["bound": "1..2"], .unreadableDial, "\"1..2\""),
            (["operations": "+x"], .unreadableDial, "\"+x\""), (["operations": "++"], .unreadableDial, "\"++\""),
            (["operations": ""], .unreadableDial, "\"\""), (["numbers": "1..3"], .impossibleDials, "1..3"),
            (["numbers": "2..13"], .impossibleDials, "2..13"), (["integers": "0..100001"], .impossibleDials, "100001"),
            (["integers": "0..9223372036854775807"], .impossibleDials, "9223372036854775807"),
            (["bound": "0"], .impossibleDials, "0..0"), (["bound": "9223372036854775807"], .impossibleDials, "bound"),
            (["target": "90000..90001"], .impossibleDials, "Widen the target"),
            (["numbers": "2", "integers": "1", "target": "2"], .impossibleDials, "of test"),
        ] as [([String: String], ProblemsError.Code, String)])
    func `dials that cannot be kept are refused with the rule and the value`(
        dials: [String: String], code: ProblemsError.Code, part: String
    ) {
        let error = #expect(throws: ProblemsError.self) { try PuzzleFamily(dials: dials) }
        #expect(error?.code == code)
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }

    @Test(
        arguments: [
            (["shifted-numbers": "4..5"], ProblemSplit.formShift, "shifted-numbers"),
            (["shifted-integers": "20..30"], .rangeShift, "shifted-integers must lie above integers"),
            (["shifted-target": "50..60"], .rangeShift, "shifted-target must lie above target"),
            (["shifted-target": "999999"], .rangeShift, "Widen the target"),
        ] as [([String: String], ProblemSplit, String)])
    func `a shift that could hold known problems is refused when it is asked for`(
        dials: [String: String], split: ProblemSplit, part: String
    ) throws {
        let family = try PuzzleFamily(dials: dials)
        let error = #expect(throws: ProblemsError.self) { try family.check(split) }
        #expect(error?.code == .impossibleDials)
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }
}
