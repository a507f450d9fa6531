import Credit
import Mathematics
import Problems
import Wire

/// First pits by exact values: without a search, and without the pits that are none.
///
/// What a pair needs beside the pit is a right way on from the steps before it. That one is still sampled, from this one prefix:
/// so both arms are the policy's own, as the theorem wants them, and no text has to be turned into tokens.
extension Advantage {
    /// The problem as a puzzle, whose values are known exactly.
    ///
    /// - Throws: `AdvantageError` if it is none.
    func readPuzzle() throws -> Puzzle {
        guard problem.check == .puzzle, let puzzle = Puzzle(question: problem.question) else {
            throw AdvantageError(
                message:
                    "Exact values are known of puzzles alone; the problem \(lease.item.problem) is none. Take the family "
                    + "puzzle, or sampled values.")
        }
        return puzzle
    }

    /// Finds the pit of each search; one whose steps are no lines is abandoned, because the pit is known by its line.
    mutating func findPits(of puzzle: Puzzle) throws {
        var value = PuzzleValue(target: puzzle.target)
        for index in group.searches.indices {
            let rollout = try rollout(group.searches[index].rollout)
            var lines = rollout.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            if lines.last?.isEmpty == true { lines.removeLast() }
            let pit = try value.firstPit(of: rollout.text, puzzle: puzzle)
            if let pit, lines.count == rollout.stepEnds.count {
                group.searches[index].exactPit = pit
            } else {
                group.searches[index].abandoned = true
            }
        }
    }

    /// The continuations of the steps before a pit, of which a correct one is the way around it; nil where none is needed or
    /// they were sampled already. Pits in the first step, and the layout of whole solutions, need none but the problem's own
    /// correct rollouts.
    func wayAround(_ state: PitSearch) -> Continuations? {
        guard state.exactPit > 1, group.turn == 0, PairLayout(rawValue: group.credit.layout) != .paper1 else {
            return nil
        }
        return Continuations(prefixStepCount: state.exactPit - 1, count: group.credit.continuations)
    }

    /// Takes the grades of those continuations; ones that could not be graded are left out.
    mutating func recordWay(_ graded: ArraySlice<GradedRollout>, at index: Int) {
        let correct = graded.filter(\.verdict.isCorrect)
        let passed = Array(repeating: UInt32(0), count: group.searches[index].exactPit - 2)
        group.searches[index].trials = passed + [UInt32(graded.count { $0.verdict.reward != nil })]
        group.searches[index].successes = passed + [UInt32(correct.count)]
        group.searches[index].passedWith = correct.map(\.id)
        group.searches[index].asked = 0
    }

    /// Why a problem with correct and incorrect rollouts has no experience.
    var reasonWithoutExactPair: String {
        group.searches.contains { $0.exactPit > 0 }
            ? "no way around a pit was sampled" : "the steps of the incorrect rollouts are no lines"
    }
}
