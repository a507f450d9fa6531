import Mathematics
import Problems
import Testing

@Suite struct `The shifts of arithmetic` {
    private func numerals(_ problem: Problem) -> [Int] {
        problem.question.split { !$0.isNumber }.compactMap { Int($0) }
    }

    @Test(arguments: [
        [:], ["steps": "5", "operands": "2..12", "values": "-30..99", "style": "words"],
        [
            "shifted-steps": "1", "shifted-operands": "50..60", "shifted-values": "0..5000", "style": "symbols",
        ],
    ])
    func `have larger operands, or another number of steps, than any problem of train or test`(dials: [String: String])
        throws
    {
        let family = try ArithmeticFamily(dials: dials)
        func problems(_ split: ProblemSplit) throws -> [Problem] {
            try family.check(split)
            return (0..<1000).map { family.problem(seed: 2, index: $0, split: split) }
        }
        let known = try problems(.train) + problems(.test)
        let largest = try #require(known.flatMap(numerals).max())
        let counts = Set(known.map { numerals($0).count })
        #expect(try problems(.rangeShift).allSatisfy { numerals($0).allSatisfy { $0 > largest } })
        #expect(try problems(.rangeShift).allSatisfy { counts.contains(numerals($0).count) })
        #expect(try problems(.formShift).allSatisfy { !counts.contains(numerals($0).count) })
        #expect(try problems(.formShift).allSatisfy { numerals($0).allSatisfy { family.dials.operands.contains($0) } })
        for problem in try problems(.rangeShift) + problems(.formShift) {
            let solution = try #require(problem.referenceSolution)
            #expect(grade(solution: solution, reference: problem.referenceAnswer).verdict == .correct)
        }
    }

    @Test(
        arguments: [
            (["shifted-steps": "4..5"], ProblemSplit.formShift, "shifted-steps"),
            (["steps": "2..32"], .formShift, "33..34"),
            (["shifted-operands": "9..20"], .rangeShift, "shifted-operands must lie above operands"),
            (["shifted-values": "0..5"], .rangeShift, "overlap"),
            (["operations": "+", "operands": "0..9"], .rangeShift, "has none"),
        ] as [([String: String], ProblemSplit, String)])
    func `are refused when they are asked for and cannot be made, and train goes on without them`(
        dials: [String: String], split: ProblemSplit, part: String
    ) throws {
        let family = try ArithmeticFamily(dials: dials)
        #expect(!family.problem(seed: 1, index: 0, split: .train).question.isEmpty)
        let error = #expect(throws: ProblemsError.self) { try family.check(split) }
        #expect(error?.code == .impossibleDials)
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }
}
