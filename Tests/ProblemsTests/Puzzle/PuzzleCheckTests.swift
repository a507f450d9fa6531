import Basics
import Problems
import Testing

@Suite struct `The check of puzzles` {
    private let puzzle = Puzzle(numbers: [58, 3, 51, 6, 7], target: 4)
    private let right = "58-51=7\n6-7=-1\n3*-1=-3\n-3+7=4\n#### 4"

    private func reason(_ solution: String) -> (step: Int, reason: String)? {
        guard case .incorrect(let step, let reason) = PuzzleCheck.check(solution, of: puzzle) else { return nil }
        return (step, reason)
    }

    @Test func `takes the paper's example, in which one seven is given and one computed`() {
        #expect(PuzzleCheck.check(right, of: puzzle) == .correct)
        // 7 and 7 are both there after the first step, and both are used.
        let other = "58-51=7\n7-7=0\n0*6=0\n0*3=0\n#### 0"
        #expect(PuzzleCheck.check(other, of: Puzzle(numbers: [3, 6, 7, 51, 58], target: 0)) == .correct)
    }

    @Test(arguments: [
        " 58 - 51 = 7 \r\n6-7=-1\n3 * -1 = -3\n-3 + 7=4\n####4 ",
        "58-51=7\n6-7=-1\n3*-1=-3\n-3+7=4\n#### 4\nor so\n#### 5",
        "58-51=07\n6-7=-1\n3*-1=-3\n-3+7=4\n#### 004",
    ])
    func `takes blanks, zeros in front, and whatever comes after the line of marks`(solution: String) {
        #expect(PuzzleCheck.check(solution, of: puzzle) == .correct)
    }

    @Test(
        arguments: [
            ("58-51=8\n#### 4", 1, "\"58-51=8\", is wrong: the result is 7"),
            ("58-51=7\n8-7=1\n#### 4", 2, "uses 8, which is not left among 3, 6, 7, 7"),
            ("58-51=7\n58-6=52\n#### 4", 2, "uses 58, which"), ("7-7=0\n#### 4", 1, "uses 7, which"),
            ("58/7=8\n#### 4", 1, "quotients must be integers"), ("58-51=7\n\n#### 4", 2, "is no step"),
            ("58-51=7=7\n#### 4", 1, "is no step"), ("58 51=7\n#### 4", 1, "is no step"),
            ("58-51\n#### 4", 1, "is no step"), ("58−51=7\n#### 4", 1, "is no step"),
            ("58-51=7 so\n#### 4", 1, "is no step"), ("5 8-51=7\n#### 4", 1, "is no step"),
            ("١-0=1\n#### 4", 1, "is no step"), ("#### 4", 1, "leaves 3, 6, 7, 51, 58 unused"),
            ("58-51=7\n6-7=-1\n3*-1=-3\n#### 4", 4, "leaves -3, 7 unused"),
            ("58-51=7\n6-7=-1\n3*-1=-3\n-3+7=4\n#### 5", 5, "states another number than the last result, 4"),
            ("58-51=7\n6-7=-1\n3*-1=-3\n-3-7=-10\n#### -10", 5, "is not the target 4"),
            ("58-51=7\n6-7=-1\n3*-1=-3\n-3-7=-10\n#### 4", 5, "states another number"),
            ("58-51=7\n6-7=-1\n3*-1=-3\n-3+7=4\n4+0=4\n#### 4", 5, "uses 0, which is not left among 4"),
        ] as [(String, Int, String)])
    func `names the first step that does not hold, and why`(solution: String, step: Int, part: String) throws {
        let found = try #require(reason(solution))
        #expect(found.step == step)
        #expect(found.reason.contains(part), "\(found.reason)")
    }

    @Test(arguments: ["", "58-51=7", "58-51=7\n#### four", "####", "#### 4 4", "### 4", "#### 99999999999999999999"])
    func `sees when there is no answer`(solution: String) {
        #expect(PuzzleCheck.check(solution, of: puzzle) == .noAnswer)
    }

    @Test func `is not misled by large or hostile text`() {
        let large = Puzzle(numbers: [1_000_000_000, 1_000_000_000], target: 0)
        #expect(PuzzleCheck.check("1000000000-1000000000=0\n#### 0", of: large) == .correct)
        for step in ["1000000000*1000000000=1000000000000000000", "1000000000+1000000000=2000000000"] {
            guard case .incorrect(1, _) = PuzzleCheck.check("\(step)\n#### 0", of: large) else {
                Issue.record("\(step) was taken")
                continue
            }
        }
        let zero = Puzzle(numbers: [0, 5], target: 0)
        #expect(PuzzleCheck.check("0/5=0\n#### 0", of: zero) == .correct)
        guard case .incorrect(1, _) = PuzzleCheck.check("5/0=0\n#### 0", of: zero) else {
            Issue.record("5 was divided by 0")
            return
        }
        let braces = String(repeating: "{", count: 200_000)
        for text in [
            "\(braces)\n#### 4", "58-51=\(braces)\n#### 4", "58-51=\(String(repeating: "7", count: 200_000))\n#### 4",
        ] {
            guard let found = reason(text) else {
                Issue.record("hostile text was taken")
                continue
            }
            #expect(found.step == 1 && found.reason.utf8.count < 400)
        }
        #expect(reason("58\0-51=7\n#### 4")?.reason.contains("\0") == false)
    }

    /// Damages right solutions and compares with the plain rules; some damaged ones are right all the same.
    @Test func `agrees with the plain rules on damaged solutions`() throws {
        let family = try PuzzleFamily(dials: [:])
        var generator = SeededGenerator(seed: 11, name: "damage")
        var counts = (right: 0, wrong: 0)
        for index in 0..<3000 {
            let problem = family.problem(seed: 4, index: UInt64(index), split: .train)
            var lines = try #require(problem.referenceSolution).split(separator: "\n").map(String.init)
            let place = Int.random(in: 0..<(lines.count - 1), using: &generator)
            switch index % 5 {
            case 0: lines.remove(at: place)
            case 1: lines.insert(lines[place], at: place)
            case 2: lines.swapAt(place, Int.random(in: 0..<(lines.count - 1), using: &generator))
            case 3:
                var bytes = Array(lines[place].utf8)
                bytes[Int.random(in: bytes.indices, using: &generator)] = "0123456789+-*/= ".utf8.randomElement(
                    using: &generator)!
                lines[place] = String(decoding: bytes, as: UTF8.self).replacing(" ", with: "x")
            default:
                // The operands exchanged: right for sums and products.
                let step = lines[place]
                if let match = step.wholeMatch(of: /(-?\d+)([-+*\/])(-?\d+)=(.*)/) {
                    lines[place] = "\(match.3)\(match.2)\(match.1)=\(match.4)"
                }
            }
            let solution = lines.joined(separator: "\n")
            let puzzle = try #require(Puzzle(question: problem.question))
            let isRight = PlainPuzzle.isRight(solution, numbers: puzzle.numbers, target: puzzle.target)
            #expect(
                (PuzzleCheck.check(solution, of: puzzle) == .correct) == isRight, "\(problem.question)\n\(solution)")
            if isRight { counts.right += 1 } else { counts.wrong += 1 }
        }
        #expect(counts.right > 300 && counts.wrong > 1500, "\(counts)")
    }
}
