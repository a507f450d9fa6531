import Problems
import Testing

@Suite struct `Arithmetic dials` {
    @Test func `dials are read as a recipe writes them`() throws {
        let family = try ArithmeticFamily(dials: [
            "steps": "3", "operands": "0..12", "values": "-50..150", "style": "words", "operations": "-+",
        ])
        var expected = ArithmeticDials()
        expected.steps = 3...3
        expected.operands = 0...12
        expected.values = -50...150
        expected.style = .words
        expected.operations = [.subtract, .add]
        #expect(family.dials == expected)
        #expect(try ArithmeticFamily(dials: [:]).dials == ArithmeticDials())
    }

    @Test(
        arguments: [
            (["step": "2"], ProblemsError.Code.unknownDial, "\"step\""),
            (["steps": "2-4"], .unreadableDial, "\"2-4\""),
            (["steps": "2...4"], .unreadableDial, "\"2...4\""),
            (["steps": "4..2"], .unreadableDial, "\"4..2\""),
            (["steps": "1..2..3"], .unreadableDial, "\"1..2..3\""),
            (["steps": ""], .unreadableDial, "\"\""),
            (["values": "0..99999999999999999999"], .unreadableDial, "99999999999999999999"),
            (["style": "prose"], .unreadableDial, "\"prose\""),
            (["operations": "+/"], .unreadableDial, "\"+/\""),
            (["operations": "++"], .unreadableDial, "\"++\""),
            (["operations": ""], .unreadableDial, "\"\""),
            (["steps": "0..2"], .impossibleDials, "0..2"),
            (["steps": "2..33"], .impossibleDials, "2..33"),
            (["operands": "-1..9"], .impossibleDials, "-1..9"),
            (["operands": "1..100001"], .impossibleDials, "1..100001"),
            (["values": "-100001..9"], .impossibleDials, "-100001..9"),
            (["operands": "50..60", "values": "0..40"], .impossibleDials, "overlap"),
            (["operands": "50..60", "values": "0..70"], .impossibleDials, "21 has none"),
            (["operands": "2..9", "operations": "*"], .impossibleDials, "50 has none"),
            (["operands": "1", "values": "1..1", "operations": "*"], .impossibleDials, "too few"),
        ] as [([String: String], ProblemsError.Code, String)])
    func `dials that cannot be kept are refused with the rule and the value`(
        dials: [String: String], code: ProblemsError.Code, part: String
    ) {
        let error = #expect(throws: ProblemsError.self) { try ArithmeticFamily(dials: dials) }
        #expect(error?.code == code)
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }

    @Test func `no operation at all is refused`() {
        var dials = ArithmeticDials()
        dials.operations = []
        let error = #expect(throws: ProblemsError.self) { try ArithmeticFamily(dials: dials) }
        #expect(error?.code == .impossibleDials)
    }

    @Test func `the widest dials are accepted`() throws {
        let family = try ArithmeticFamily(dials: [
            "steps": "1..32", "operands": "0..100000", "values": "-100000..100000",
        ])
        #expect(!family.problem(seed: 1, index: 0, split: .test).question.isEmpty)
    }
}
