import Mathematics
import Problems
import Testing
import TheoremProver

@Suite struct `Grading a problem` {
    private func problem(_ question: String, _ answer: String, _ check: SolutionCheck) -> Problem {
        Problem(question: question, referenceAnswer: answer, referenceSolution: nil, check: check)
    }

    @Test func `looks at the final answer alone by default`() {
        let problem = Problem(question: "7; +5", referenceAnswer: "12", referenceSolution: nil)
        #expect(problem.check == .answer)
        let right = problem.grade("#### 12")
        #expect((right.verdict, right.answer, right.reason) == (.correct, "12", ""))
        let wrong = problem.grade("7+5=12\n#### 13")
        #expect((wrong.verdict, wrong.answer, wrong.reason) == (.incorrect, "13", "The answer is 12."))
        #expect(problem.grade("It is 12.").verdict == .noAnswer)
        #expect(problem.grade("It is 12.", by: .lastNumber).verdict == .correct)
        #expect(self.problem("q", "", .answer).grade("#### 12").verdict.reward == nil)
    }

    @Test func `looks at the whole derivation of a puzzle or a path, whatever the rule for answers`() {
        let puzzle = problem("3 6 9 -> 5", "5", .puzzle)
        #expect(puzzle.grade("9+6=15\n15/3=5\n#### 5").verdict == .correct)
        let bare = puzzle.grade("#### 5")
        #expect((bare.verdict, bare.answer) == (.incorrect, "5"))
        #expect(bare.reason.contains("leaves 3, 6, 9 unused"))
        #expect(puzzle.grade("9+6=15\n15/3=5").verdict == .noAnswer)
        #expect(puzzle.grade("9+6=15\n15/3=5\nSo 5", by: .lastNumber).verdict == .noAnswer)
        let formula = problem("price,stock: 4,12; 7,3 | Double the price.", "price*2", .formula)
        let twice = formula.grade("d1=price+price\n#### d1", by: .lastNumber)
        #expect((twice.verdict, twice.answer, twice.reason) == (.correct, "d1", ""))
        #expect(formula.grade("#### price").verdict == .incorrect)
        #expect(formula.grade("price*2").reason.contains("with a formula"))
        #expect(problem(formula.question, "cost*2", .formula).grade("#### price").verdict.reward == nil)
        let path = problem("3>7 7>12 3>9 | 3 12", "12", .path)
        #expect(path.grade("3>7\n7>12\n#### 12").verdict == .correct)
        #expect(path.grade("#### 12").verdict == .incorrect)
    }

    @Test func `says nothing of a solution whose problem cannot be read`() {
        for check in [SolutionCheck.puzzle, .path, .formula] {
            let grade = problem("7; +5", "12", check).grade("#### 12")
            #expect(grade.verdict.reward == nil)
            #expect(grade.reason.contains("7; +5"))
        }
    }

    /// All families whose libraries are installed.
    private static let families = ProblemFamilies.names.filter { $0 != "constraints" || TheoremProver.isInstalled }

    @Test(arguments: families) func `takes every family's reference solution, and no other answer`(
        name: String
    ) throws {
        let family = try ProblemFamilies.family(named: name, dials: [:])
        for split in ProblemSplit.allCases {
            do { try family.check(split) } catch { continue }
            for index in UInt64(0)..<(["constraints": 4, "formula": 40][name] ?? 120) {
                let problem = family.problem(seed: 8, index: index, split: split)
                let solution = try #require(problem.referenceSolution)
                #expect(problem.grade(solution).verdict == .correct, "\(problem)")
                #expect(problem.grade(solution + "1").verdict == .incorrect, "\(problem)")
                let steps = try #require(solution.firstRange(of: "####")).lowerBound
                // No column of a formula is the same in all rows.
                let other = try problem.check == .formula ? "5" : "\(#require(Int(problem.referenceAnswer)) + 1)"
                let perturbed = solution[..<steps] + "#### \(other)"
                #expect(problem.grade(perturbed).verdict == .incorrect, "\(problem)")
                // Where steps count, none may be missing.
                let withoutFirst = solution.drop { $0 != "\n" }.dropFirst()
                #expect(problem.grade(withoutFirst).verdict == (problem.check == .answer ? .correct : .incorrect))
            }
        }
    }
}
