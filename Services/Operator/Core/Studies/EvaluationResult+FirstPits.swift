import Ledger
import Problems
import Wire

extension EvaluationResult {
    /// Where solutions of puzzles are lost: how many first rollouts have their first pit at step 1, 2 and so on, by a search through all
    /// that can follow. Empty where problems are no puzzles, or have more numbers than can be searched.
    func firstPitCounts() throws -> [Int] {
        var counts: [Int] = []
        for (problem, solution) in zip(problems, solutions) {
            guard problem.check == .puzzle, let puzzle = Puzzle(question: problem.question),
                puzzle.numbers.count <= PuzzleValue.mostNumbers
            else { return [] }
            var value = PuzzleValue(target: puzzle.target)
            guard let step = try value.firstPit(of: solution, puzzle: puzzle) else { continue }
            counts += Array(repeating: 0, count: max(0, step - counts.count))
            counts[step - 1] += 1
        }
        return counts
    }
}
