import Problems
import Testing

@Suite struct `Word dials` {
    @Test func `dials are read as a recipe writes them`() throws {
        let family = try WordFamily(dials: [
            "operations": "3", "distractors": "0..2", "values": "5..40", "factors": "2..5", "limit": "400",
            "relations": "more+times+total", "evolve": "more-complex+change-numbers", "generations": "0..3",
        ])
        var expected = WordDials()
        expected.operations = 3...3
        expected.distractors = 0...2
        expected.values = 5...40
        expected.factors = 2...5
        expected.limit = 400
        expected.relations = [.more, .times, .total]
        expected.evolve = [.moreComplex, .changeNumbers]
        expected.generations = 0...3
        #expect(family.dials == expected)
        #expect(try WordFamily(dials: [:]).dials == WordDials())
    }

    @Test(
        arguments: [
            (["operation": "2"], ProblemsError.Code.unknownDial, "\"operation\""),
            (["operations": "2-4"], .unreadableDial, "\"2-4\""),
            (["limit": "1..9"], .unreadableDial, "\"1..9\""),
            (["relations": "more,times"], .unreadableDial, "\"more,times\""),
            (["relations": ""], .unreadableDial, "\"\""),
            (["relations": "more+more"], .unreadableDial, "\"more+more\""),
            (["evolve": "harder"], .unreadableDial, "change-numbers, fractions-or-percentages"),
            (["operations": "0..2"], .impossibleDials, "0..2"),
            (["operations": "2..9"], .impossibleDials, "2..9"),
            (["distractors": "0..4"], .impossibleDials, "0..4"),
            (["values": "0..9"], .impossibleDials, "0..9"),
            (["factors": "1..9"], .impossibleDials, "1..9"),
            (["limit": "9"], .impossibleDials, "9..9"),
            (["evolve": "more-complex", "generations": "1..4"], .impossibleDials, "1..4"),
            (["generations": "1..2"], .impossibleDials, "without evolve"),
            (["values": "50..60", "limit": "40"], .impossibleDials, "limit 40"),
            (["relations": "price", "operations": "2"], .impossibleDials, "0 did"),
            (["relations": "more", "values": "5", "operations": "1"], .impossibleDials, "with operations=1"),
            (["relations": "total", "values": "5", "operations": "1..2"], .impossibleDials, "with operations=1"),
            (
                [
                    "relations": "total", "values": "90..100", "limit": "200", "operations": "1",
                    "evolve": "more-complex",
                ],
                .impossibleDials, "more-complex did in 0"
            ),
        ] as [([String: String], ProblemsError.Code, String)])
    func `dials that cannot be kept are refused with the rule and the value`(
        dials: [String: String], code: ProblemsError.Code, part: String
    ) {
        let error = #expect(throws: ProblemsError.self) { try WordFamily(dials: dials) }
        #expect(error?.code == code)
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }

    @Test(
        arguments: [
            (["shifted-operations": "4..5"], ProblemSplit.formShift, "above operations"),
            (["operations": "8", "shifted-operations": "13"], .formShift, "13..13"),
            (["shifted-values": "60..70"], .rangeShift, "above values"),
            (["shifted-values": "900", "shifted-limit": "800"], .rangeShift, "limit 800"),
        ])
    func `shifts that are none are refused when they are asked for`(
        dials: [String: String], split: ProblemSplit, part: String
    ) throws {
        let family = try WordFamily(dials: dials)
        try family.check(.train)
        try family.check(.test)
        let error = #expect(throws: ProblemsError.self) { try family.check(split) }
        #expect(error?.code == .impossibleDials && error?.message.contains(part) == true, "\(error?.message ?? "")")
    }

    @Test func `no relation at all is refused`() {
        var dials = WordDials()
        dials.relations = []
        let error = #expect(throws: ProblemsError.self) { try WordFamily(dials: dials) }
        #expect(error?.code == .impossibleDials)
    }

    @Test func `the widest dials are accepted, and narrow ones that leave some choice`() throws {
        let widest = try WordFamily(dials: [
            "operations": "1..8", "distractors": "0..3", "values": "1..10000", "factors": "2..100", "limit": "1000000",
            "evolve": "change-numbers+fractions-or-percentages+combine-concepts+conditional-statement+more-complex",
            "generations": "0..3",
        ])
        #expect(!widest.problem(seed: 1, index: 0, split: .test).question.isEmpty)
        let narrow = try WordFamily(dials: ["operations": "1", "relations": "fewer", "values": "3..30", "limit": "30"])
        #expect(!narrow.problem(seed: 1, index: 0, split: .test).question.isEmpty)
    }
}
