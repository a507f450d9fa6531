import Basics
import Problems
import Testing

@Suite struct `The exact value of a puzzle` {
    /// Numbers of different kinds: equal ones, zeros, negative ones.
    private static let cases: [[Int]] = [
        [4], [2, 3], [5, 5], [0, 7], [1, 1, 1], [-3, 2, 6], [0, 0, 4], [3, 6, 7, 7], [1, 5, 5, 10], [-2, 0, 3, 3],
    ]

    @Test(arguments: cases) func `moves are the texts that may be written next, each once`(numbers: [Int]) {
        let moves = PuzzleMoves.all(from: numbers.reversed())
        let texts = moves.map(\.description)
        #expect(Set(texts).count == texts.count)
        #expect(Set(texts) == Set(PlainPuzzle.moves(from: numbers).keys))
    }

    @Test func `moves of two numbers, by hand`() {
        #expect(
            PuzzleMoves.all(from: [3, 6]).map(\.description) == [
                "3+6=9", "3-6=-3", "3*6=18", "6+3=9", "6-3=3", "6*3=18", "6/3=2",
            ])
        #expect(PuzzleMoves.all(from: [5, 5]).map(\.description) == ["5+5=10", "5-5=0", "5*5=25", "5/5=1"])
        #expect(PuzzleMoves.all(from: [5]).isEmpty)
    }

    @Test func `values of two and three numbers, by hand`() throws {
        var nine = PuzzleValue(target: 9)
        // Two of the seven moves above.
        #expect(try nine.randomSuccess(from: [3, 6]) == 2.0 / 7)
        #expect(try nine.randomSuccess(from: [9]) == 1 && nine.randomSuccess(from: [8]) == 0)
        #expect(try nine.canReach(from: [6, 3]) && !nine.canReach(from: [2, 2]))
        // 1, 1, 1 to 3: of 1+1=2, 1-1=0, 1*1=1, 1/1=1 the first leaves 1 and 2, of whose seven moves two come to 3.
        var three = PuzzleValue(target: 3)
        #expect(try three.randomSuccess(from: [1, 1, 1]) == 0.25 * 2 / 7)
    }

    @Test(arguments: cases) func `values agree with a search that remembers nothing`(numbers: [Int]) throws {
        for target in -4...12 {
            var value = PuzzleValue(target: target)
            let chance = PlainPuzzle.chance(of: target, from: numbers)
            // Sums of the same terms in another order.
            #expect(abs(try value.randomSuccess(from: numbers) - chance) < 1e-12, "\(numbers) to \(target)")
            #expect(try value.canReach(from: numbers) == PlainPuzzle.canReach(target, from: numbers))
            #expect(try value.canReach(from: numbers) == (chance > 0))
        }
    }

    @Test func `the value of a puzzle is the mean of the values of its moves`() throws {
        let family = try PuzzleFamily(dials: ["numbers": "4"])
        for index in UInt64(0)..<20 {
            let puzzle = try #require(Puzzle(question: family.problem(seed: 6, index: index, split: .train).question))
            var value = PuzzleValue(target: puzzle.target)
            let moves = PlainPuzzle.moves(from: puzzle.numbers).values
            let mean = try moves.reduce(0) { $0 + (try value.randomSuccess(from: $1)) } / Double(moves.count)
            #expect(abs(try value.randomSuccess(from: puzzle.numbers) - mean) < 1e-12)
            #expect(try value.canReach(from: puzzle.numbers), "it was made from a solution")
        }
    }

    @Test func `more numbers than can be searched are refused`() throws {
        var value = PuzzleValue(target: 7)
        #expect(try value.canReach(from: [1, 1, 1, 1, 1, 1]))
        let error = #expect(throws: ProblemsError.self) { try value.canReach(from: [1, 1, 1, 1, 1, 1, 1]) }
        #expect(error?.code == .tooManyNumbers)
        #expect(error?.message.contains("at most 6") == true && error?.message.contains("got 7") == true)
        #expect(throws: ProblemsError.self) { try value.randomSuccess(from: [1, 2, 3, 4, 5, 6, 7]) }
    }

    // MARK: First pits

    /// The one way from 3, 6 and 9 to 5 is (9+6)/3, in either order of the sum.
    @Test(
        arguments: [
            ("6/3=2\n9-2=7\n#### 7", 1), ("9-6=3\n3+3=6\n#### 6", 1), ("9+6=15\n15-3=12\n#### 12", 2),
            ("6+9=15\n15/3=5\n#### 6", 3), ("9+6=15\n#### 5", 2), ("9+6=16\n16/3=5\n#### 5", 1),
            ("9+6=15\n15/3=4\n#### 5", 2), ("9+\n#### 5", 1), ("#### 5", 1), ("8+7=15\n15/3=5\n#### 5", 1),
        ] as [(String, Int)])
    func `is 0 from the first pit on, and not before`(solution: String, pit: Int) throws {
        let puzzle = Puzzle(numbers: [3, 6, 9], target: 5)
        var value = PuzzleValue(target: 5)
        #expect(try value.firstPit(of: solution, puzzle: puzzle) == pit)
    }

    @Test func `has no pit where the solution is right, or is not over`() throws {
        let puzzle = Puzzle(numbers: [3, 6, 9], target: 6)
        var value = PuzzleValue(target: 6)
        #expect(try value.firstPit(of: "9-6=3\n3+3=6\n#### 6", puzzle: puzzle) == nil)
        #expect(try value.firstPit(of: "9-6=3\n3+3=6\n#### 6\nand more\n#### 7", puzzle: puzzle) == nil)
        #expect(try value.firstPit(of: "9-6=3\n", puzzle: puzzle) == nil)
        #expect(try value.firstPit(of: "9-6=3\n3+3=6\n#### 7", puzzle: puzzle) == 3)
        #expect(try value.firstPit(of: "9-6=3\n3+3=6\n####", puzzle: puzzle) == 3)
        #expect(try value.firstPit(of: "9-6=3\n\n3+3=6\n#### 6", puzzle: puzzle) == 2)
    }

    @Test func `has a pit in every incorrect solution, at the first step without a way on`() throws {
        let family = try PuzzleFamily(dials: ["numbers": "3..4"])
        var generator = SeededGenerator(seed: 3, name: "pits")
        var pits: [Int: Int] = [:]
        for index in UInt64(0)..<150 {
            let puzzle = try #require(Puzzle(question: family.problem(seed: 7, index: index, split: .train).question))
            var (numbers, lines, expected) = (puzzle.numbers, [String](), Int?.none)
            while numbers.count > 1 {
                let moves = PlainPuzzle.moves(from: numbers).sorted { $0.key < $1.key }
                let move = try #require(moves.randomElement(using: &generator))
                lines.append(move.key)
                numbers = move.value
                if expected == nil, !PlainPuzzle.canReach(puzzle.target, from: numbers) { expected = lines.count }
            }
            lines.append("#### \(numbers[0])")
            let solution = lines.joined(separator: "\n")
            var value = PuzzleValue(target: puzzle.target)
            let pit = try value.firstPit(of: solution, puzzle: puzzle)
            #expect(pit == expected, "\(puzzle.question)\n\(solution)")
            #expect((pit == nil) == (PuzzleCheck.check(solution, of: puzzle) == .correct))
            if let pit { pits[pit, default: 0] += 1 }
        }
        #expect(Set(pits.keys) == [1, 2, 3], "\(pits)")
    }
}
