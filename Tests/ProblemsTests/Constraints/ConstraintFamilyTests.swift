import Mathematics
import Problems
import Testing
import TheoremProver

@Suite(.enabled(if: TheoremProver.isInstalled, "Z3 is not installed"))
struct `The constraint family` {
    private func problems(
        _ family: ConstraintFamily, seed: UInt64, _ split: ProblemSplit, _ count: UInt64
    ) -> [Problem] {
        (0..<count).map { family.problem(seed: seed, index: $0, split: split) }
    }

    @Test(
        arguments: [
            ["variables": "2", "splits": "0", "distractors": "0"],
            ["variables": "2", "splits": "1", "distractors": "2"],
            ["variables": "2", "splits": "2", "distractors": "0"],
            ["variables": "3", "splits": "0", "distractors": "1"],
            ["variables": "3", "splits": "1", "distractors": "1"],
            ["variables": "2", "domain": "0..20", "splits": "1", "distractors": "1"],
            ["variables": "4", "domain": "3..7", "splits": "0", "distractors": "0"],
        ])
    func `every problem has one choice of values, and the splits and distractors asked for`(
        dials: [String: String]
    ) throws {
        let family = try ConstraintFamily(dials: dials)
        for (index, problem) in problems(family, seed: 3, .train, 8).enumerated() {
            let stated = try StatedConstraints(problem.question)
            #expect(family.dials.variables.contains(stated.names.count))
            #expect(stated.domain == family.dials.domain)
            let all = Array(stated.texts.indices)
            let models = stated.models(all)
            try #require(models.count == 1, "seed 3, index \(index): \(problem.question) has \(models)")
            #expect(try problem.referenceAnswer == "\(stated.answer(models[0]))", "\(problem)")
            let distractors = all.filter { place in stated.models(all.filter { $0 != place }).count == 1 }
            #expect(family.dials.distractors == distractors.count...distractors.count, "\(problem.question)")
            #expect(stated.models(all.filter { !distractors.contains($0) }).count == 1, "\(problem.question)")
            var steps = StatedSteps(stated)
            let solution = try #require(problem.referenceSolution)
            #expect(try steps.follow(solution) == models[0], "\(problem)")
            #expect(family.dials.splits == steps.splits...steps.splits, "\(problem)")
            // What is asked for is not simply told.
            #expect(!stated.texts.contains("\(stated.asked)=\(problem.referenceAnswer)"), "\(problem)")
        }
    }

    @Test func `the last lines calculate what is asked for`() throws {
        let family = try ConstraintFamily(dials: [:])
        for problem in problems(family, seed: 4, .train, 15) {
            let stated = try StatedConstraints(problem.question)
            let lines = try #require(problem.referenceSolution).split(separator: "\n")
            #expect(lines.last == "#### \(problem.referenceAnswer)")
            if stated.asked.contains("+") {
                let sides = lines[lines.count - 2].split(separator: "=")
                #expect(sides.count == 3 && sides[0] == stated.asked && sides[2] == problem.referenceAnswer)
                #expect(
                    sides[1].split(separator: "+").compactMap { Int($0) }.reduce(0, +) == Int(problem.referenceAnswer))
            }
        }
    }

    @Test func `a problem depends on its seed, index and split only, also among threads`() async throws {
        let (family, other) = (try ConstraintFamily(dials: [:]), try ConstraintFamily(dials: ConstraintDials()))
        let forward = problems(family, seed: 5, .train, 10)
        let backward = await withTaskGroup(of: (Int, Problem).self) { group in
            for index in (0..<10).reversed() {
                group.addTask { (index, other.problem(seed: 5, index: UInt64(index), split: .train)) }
            }
            return await group.reduce(into: [Int: Problem]()) { $0[$1.0] = $1.1 }
        }
        #expect(forward == (0..<10).compactMap { backward[$0] })
        #expect(forward != problems(family, seed: 6, .train, 10))
        #expect(forward != problems(family, seed: 5, .test, 10))
    }

    @Test func `no problem of train is one of test under other names, in another order or with other distractors`()
        throws
    {
        // Few integers, so that problems repeat and an overlap would show.
        var keys: [ProblemSplit: Set<[String]>] = [:]
        for dials in [
            ["variables": "2", "domain": "1..3", "splits": "0", "distractors": "0"],
            ["variables": "2", "domain": "1..3", "splits": "0", "distractors": "1"],
        ] {
            let family = try ConstraintFamily(dials: dials)
            for split in [ProblemSplit.train, .test] {
                for problem in problems(family, seed: 7, split, split == .train ? 100 : 50) {
                    keys[split, default: []].insert(try Self.key(StatedConstraints(problem.question)))
                }
            }
        }
        let (train, test) = (keys[.train] ?? [], keys[.test] ?? [])
        #expect(train.isDisjoint(with: test), "\(train.intersection(test))")
        #expect(train.count > 40 && test.count > 15, "\(train.count) and \(test.count)")
        #expect(train.count < 180, "repeats are frequent enough that an overlap would have shown")
    }

    /// The needed constraints of a problem of two variables, under the names that come first.
    private static func key(_ stated: StatedConstraints) throws -> [String] {
        let all = Array(stated.texts.indices)
        let needed = all.filter { place in stated.models(all.filter { $0 != place }).count > 1 }
        let texts = needed.map { stated.texts[$0] }
        let exchanged = texts.map { text in
            // "a multiple" is no variable.
            text.replacing("is a multiple", with: "is MULTIPLE").replacing("a", with: "B").replacing("b", with: "a")
                .replacing("B", with: "b").replacing("is MULTIPLE", with: "is a multiple")
        }
        let keys = [texts, exchanged].map { $0.map(normal).sorted() }
        return keys.min { $0.lexicographicallyPrecedes($1) } ?? []
    }

    /// One text for a constraint and the same with its sides or alternatives exchanged.
    private static func normal(_ text: String) -> String {
        if let match = text.wholeMatch(of: /(.*) or (.*)/) {
            return [String(match.1), String(match.2)].map(normal).sorted().joined(separator: " or ")
        }
        if let match = text.wholeMatch(of: /b([+*])a(.*)/) { return "a\(match.1)b\(match.2)" }
        switch text {
        case "b=a": return "a=b"
        case "b<a": return "a>b"
        case "b>a": return "a<b"
        default: return text
        }
    }

    @Test(arguments: [
        ["variables": "2"], ["variables": "2", "shifted-variables": "4", "shifted-domain": "20..40", "splits": "0"],
    ])
    func `shifts have larger integers, or another number of variables`(dials: [String: String]) throws {
        let family = try ConstraintFamily(dials: dials)
        try family.check(.rangeShift)
        for problem in problems(family, seed: 8, .rangeShift, 5) {
            let stated = try StatedConstraints(problem.question)
            #expect(stated.domain == family.dials.shiftedDomain ?? 10...27)
            #expect(family.dials.variables.contains(stated.names.count))
            #expect(stated.models(Array(stated.texts.indices)).count == 1, "\(problem)")
        }
        try family.check(.formShift)
        for problem in problems(family, seed: 8, .formShift, 3) {
            let stated = try StatedConstraints(problem.question)
            #expect((family.dials.shiftedVariables ?? 3...4).contains(stated.names.count))
            #expect(stated.domain == family.dials.domain)
            var steps = StatedSteps(stated)
            _ = try steps.follow(#require(problem.referenceSolution))
            #expect(family.dials.splits.contains(steps.splits))
        }
    }

    @Test func `levels of difficulty never get easier in any dial`() throws {
        let sizes = ConstraintFamily.levels.map { dials in
            ["variables", "splits", "distractors"].compactMap { dials[$0].flatMap { Int($0) } }
        }
        #expect(sizes.count > 3 && sizes.allSatisfy { $0.count == 3 })
        for (easier, harder) in zip(sizes, sizes.dropFirst()) {
            #expect(zip(easier, harder).allSatisfy { $0 <= $1 } || easier[0] < harder[0], "\(easier) and \(harder)")
            #expect(easier != harder)
        }
        let first = try ConstraintFamily(dials: ConstraintFamily.levels[0])
        #expect(first.problem(seed: 1, index: 0, split: .train).referenceSolution?.contains("Suppose") == false)
    }

    @Test(
        arguments: [
            (["variable": "2"], ProblemsError.Code.unknownDial, "\"variable\""),
            (["splits": "0-1"], .unreadableDial, "\"0-1\""), (["variables": "1..2"], .impossibleDials, "1..2"),
            (["variables": "2..5"], .impossibleDials, "2..5"), (["domain": "1..1"], .impossibleDials, "has 1"),
            (["domain": "1..31"], .impossibleDials, "has 31"), (["domain": "95..100"], .impossibleDials, "95..100"),
            (["splits": "0..7"], .impossibleDials, "0..7"), (["distractors": "0..5"], .impossibleDials, "0..5"),
            (["domain": "1..2", "variables": "2", "splits": "6"], .impossibleDials, "splits=6"),
        ] as [([String: String], ProblemsError.Code, String)])
    func `dials that cannot be kept are refused with the rule and the value`(
        dials: [String: String], code: ProblemsError.Code, part: String
    ) {
        let error = #expect(throws: ProblemsError.self) { try ConstraintFamily(dials: dials) }
        #expect(error?.code == code)
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }

    @Test func `shifts that could hold problems of train are refused`() throws {
        let family = try ConstraintFamily(dials: ["shifted-variables": "3..4", "shifted-domain": "9..20"])
        for split in [ProblemSplit.formShift, .rangeShift] {
            let error = #expect(throws: ProblemsError.self) { try family.check(split) }
            #expect(error?.code == .impossibleDials, "\(split)")
        }
    }
}

@Suite struct `The constraint family without Z3` {
    @Test func `says what is missing and how to install it`() {
        let error = #expect(throws: ProblemsError.self) {
            try ConstraintFamily(dials: ConstraintDials(), libraryNames: ["libno-such-prover.so"])
        }
        #expect(error?.code == .missingLibrary)
        #expect(error?.message.contains("libno-such-prover.so") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("install") == true)
    }

    @Test func `grades solutions, because they are checked by their answer alone`() {
        let problem = Problem(
            question: "a, b are integers from 1 to 9. a*b=35. a<b. What is a+b?", referenceAnswer: "12",
            referenceSolution: nil)
        #expect(problem.grade("a*b=35: a in 5,7, b in 5,7\n#### 12").verdict == .correct)
        #expect(problem.grade("#### 13").verdict == .incorrect)
    }
}
