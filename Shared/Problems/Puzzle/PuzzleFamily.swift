import Basics

/// The arithmetic puzzle: numbers to be combined step by step, each used exactly once, until the target is reached.
///
/// `3 6 7 51 58 -> 4` is solved by `58-51=7`, `6-7=-1`, `3*-1=-3`, `-3+7=4`, `#### 4`, a line each. A puzzle is made forwards,
/// from numbers and operations that are drawn, so a solution is known; there may be others, and `PuzzleCheck` takes them all.
///
/// The numbers and the target decide between `train` and `test`. `range-shift` has larger given numbers and targets than both,
/// `form-shift` another count of numbers.
///
/// - Source: arXiv 2406.02100; papers.md section 3. How numbers and operations are drawn is ours.
public struct PuzzleFamily: ProblemFamily {
    /// `puzzle`.
    public static let name = "puzzle"

    /// How large the puzzles are.
    public let dials: PuzzleDials

    /// Makes a family with these dials.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials` if a dial is out of its limits, or if too few draws come to a target
    ///   in its range, or there are too few different puzzles to fill both `train` and `test`.
    public init(dials: PuzzleDials) throws(ProblemsError) {
        self.dials = dials
        try check(.train)
        try check(.test)
    }

    /// Reads dials as a recipe writes them: `numbers`, `integers` and `target` as `3..4`, `bound` as a number, `operations`
    /// as some of `+-*/`, and all but the last with `shifted-` before them.
    ///
    /// - Throws: `ProblemsError` if a dial is unknown or unreadable, and as `init(dials:)` does.
    public init(dials: [String: String]) throws(ProblemsError) {
        try self.init(dials: PuzzleDials(parsing: dials))
    }

    /// Makes a problem: a pure function of the dials and the arguments.
    public func problem(seed: UInt64, index: UInt64, split: ProblemSplit) -> Problem {
        guard let dials = try? dials.settled(for: split) else {
            preconditionFailure("no \(split.rawValue) problem can be made with \(dials)")
        }
        var generator = SeededGenerator(seed: seed, name: "\(Self.name)/\(split.rawValue)/\(index)")
        // What the splits must agree in is drawn before the numbers, and only the numbers are drawn again.
        let count = generator.draw(in: dials.numbers)
        for _ in 0..<Self.drawLimit {
            guard let made = Self.draw(count: count, dials: dials, split: split, generator: &generator) else {
                continue
            }
            return made.problem
        }
        // `check` saw at least one draw in 256 succeed: this cannot be reached by chance.
        preconditionFailure("\(Self.drawLimit) draws with \(dials) gave no \(split.rawValue) problem")
    }

    /// Checks that the split has problems of every count of numbers, by drawing.
    ///
    /// - Throws: `ProblemsError` with `impossibleDials`.
    public func check(_ split: ProblemSplit) throws(ProblemsError) {
        let dials = try dials.settled(for: split)
        for count in dials.numbers {
            var generator = SeededGenerator(seed: 0, name: "\(Self.name)/probe/\(split.rawValue)/\(count)")
            var (draws, found) = (0, 0)
            while found < Self.probeCount, draws < 256 * Self.probeCount {
                draws += 1
                if Self.draw(count: count, dials: dials, split: split, generator: &generator) != nil { found += 1 }
            }
            guard found == Self.probeCount else {
                throw ProblemsError(
                    .impossibleDials,
                    "At least one draw in 256 must make a problem of \(split.rawValue); of \(draws) with \(count) numbers "
                        + "\(found) did. Widen the target, raise the bound, or allow more integers or operations.")
            }
        }
    }

    private static let drawLimit = 100_000
    private static let probeCount = 16

    /// Draws a puzzle with its solution; nil if it does not come to a target in its range, or belongs to another split.
    private static func draw(
        count: Int, dials: PuzzleDials, split: ProblemSplit, generator: inout SeededGenerator
    ) -> MadePuzzle? {
        let given = (0..<count).map { _ in generator.draw(in: dials.integers) }
        var left = given
        var steps: [PuzzleStep] = []
        while left.count > 1 {
            let first = left.remove(at: generator.draw(in: 0...(left.count - 1)))
            let second = left.remove(at: generator.draw(in: 0...(left.count - 1)))
            let possible = dials.operations.compactMap { PuzzleStep(first, $0, second) }.filter {
                abs($0.result) <= dials.bound
            }
            guard !possible.isEmpty else { return nil }
            let step = generator.draw(from: possible)
            left.append(step.result)
            steps.append(step)
        }
        guard dials.target.contains(left[0]) else { return nil }
        let puzzle = Puzzle(numbers: given, target: left[0])
        return split.isShift || puzzle.split == split ? MadePuzzle(puzzle: puzzle, steps: steps) : nil
    }
}

/// A puzzle with one solution.
private struct MadePuzzle {
    let puzzle: Puzzle
    let steps: [PuzzleStep]

    var problem: Problem {
        Problem(
            question: puzzle.question, referenceAnswer: "\(puzzle.target)",
            referenceSolution: steps.map { "\($0)\n" }.joined() + "#### \(puzzle.target)", check: .puzzle)
    }
}
