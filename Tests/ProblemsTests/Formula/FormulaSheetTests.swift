import Basics
import Mathematics
import Testing

@testable import Problems

@Suite struct `Computing formulas` {
    private let table = FormulaTable(
        columns: ["a", "b", "t"],
        rows: [[.number(7), .number(2), .text("Oslo")], [.number(-3), .number(0), .text("é1")]])

    private func shown(_ text: String) throws -> [String] {
        try FormulaSheet(table).outcomes(of: Formula(parsing: text)).map(\.shown)
    }

    @Test(arguments: [
        ("a+b*2", "11", "-3"), ("a/b", "3.5", "#DIV/0!"), ("b/a", "2/7", "0"), ("-a", "-7", "3"),
        ("MOD(a,b)", "1", "#DIV/0!"), ("MOD(a,4)", "3", "1"), ("MOD(a,-4)", "-1", "-3"), ("MOD(a/2,1)", "0.5", "0.5"),
        ("ROUND(a/2,0)", "4", "-2"), ("ROUND(a/3,2)", "2.33", "-1"), ("ROUND(a,10)", "#NUM!", "#NUM!"),
        ("ROUND(a,b/4)", "#NUM!", "-3"), ("MIN(a,b,1)", "1", "-3"), ("MAX(a,b)", "7", "0"), ("ABS(a-b)", "5", "3"),
        ("LEN(t)", "4", "2"), ("LEFT(t,b)", "Os", ""), ("RIGHT(t,9)", "Oslo", "é1"), ("LEFT(t,a)", "Oslo", "#NUM!"),
        ("UPPER(t)", "OSLO", "É1"), ("LOWER(t)", "oslo", "é1"), ("t&a/b", "Oslo3.5", "#DIV/0!"),
        ("t&a/3", "#NUM!", "é1-1"), ("CONCAT(a,t,\"!\")", "7Oslo!", "-3é1!"), ("t=\"oslo\"", "FALSE", "FALSE"),
        ("t<>\"Oslo\"", "FALSE", "TRUE"), ("a>=7", "TRUE", "FALSE"), ("a<b", "FALSE", "TRUE"),
        ("a=b+5", "TRUE", "FALSE"),
        ("t=1", "#VALUE!", "#VALUE!"), ("t<\"z\"", "#VALUE!", "#VALUE!"), ("t+1", "#VALUE!", "#VALUE!"),
        ("AND(a>0,b>0)", "TRUE", "FALSE"), ("OR(a>0,b>0)", "TRUE", "FALSE"), ("OR(a>0,a/b>0)", "TRUE", "#DIV/0!"),
        ("NOT(a>0)", "FALSE", "TRUE"), ("AND(a,TRUE)", "#VALUE!", "#VALUE!"), ("IF(b=0,0,a/b)", "3.5", "0"),
        ("IF(a,1,2)", "#VALUE!", "#VALUE!"), ("IF(a>0,t,b)", "Oslo", "0"), ("SUM(a)", "4", "4"),
        ("AVERAGE(b)", "1", "1"),
        ("a/SUM(a)", "1.75", "-0.75"), ("SUM(t)", "#VALUE!", "#VALUE!"), ("UPPER(a)", "#VALUE!", "#VALUE!"),
        ("TRUE&t", "#VALUE!", "#VALUE!"),
    ])
    func `each function gives what a spreadsheet gives, or what the limits say`(
        text: String, first: String, second: String
    )
        throws
    {
        #expect(try shown(text) == [first, second])
    }

    @Test func `later columns use earlier ones, in all rows for an aggregate`() throws {
        var sheet = FormulaSheet(table)
        try sheet.add("d1", Formula(parsing: "a*2"))
        try sheet.add("d2", Formula(parsing: "SUM(d1)+d1"))
        #expect(try sheet.outcomes(of: .column("d2")).map(\.shown) == ["22", "2"])
        try sheet.add("d3", Formula(parsing: "a/b"))
        #expect(try sheet.outcomes(of: Formula(parsing: "SUM(d3)")).map(\.shown) == ["#DIV/0!", "#DIV/0!"])
        #expect(throws: ProblemsError.self) { try sheet.add("a", .number(1)) }
        let error = #expect(throws: ProblemsError.self) { try sheet.outcomes(of: .column("d4")) }
        #expect(error?.code == .unknownColumn && error?.message.contains("\"d4\"") == true)
    }

    @Test func `numbers and texts that grow without end come to a fault`() throws {
        var sheet = FormulaSheet(table)
        try sheet.add("n0", Formula(parsing: "a*1000003"))
        try sheet.add("t0", Formula(parsing: "t&t"))
        for step in 1...20 {
            try sheet.add("n\(step)", Formula(parsing: "n\(step - 1)*n\(step - 1)"))
            try sheet.add("t\(step)", Formula(parsing: "t\(step - 1)&t\(step - 1)"))
        }
        #expect(try sheet.outcomes(of: .column("n20")).map(\.shown) == ["#NUM!", "#NUM!"])
        #expect(try sheet.outcomes(of: .column("t20")).map(\.shown) == ["#NUM!", "#NUM!"])
        #expect(try sheet.outcomes(of: .column("n5"))[0] != .failure(.outOfRange))
    }

    /// The other machine shares nothing but the numbers, so both would have to be wrong in one way.
    @Test func `agrees with the machine of stack programs on any formula`() throws {
        let seed: UInt64 = 23
        var generator = SeededGenerator(seed: seed, name: "machines")
        var counts: [String: Int] = [:]
        for _ in 0..<4000 {
            let formula = RandomFormula.formula(depth: 3, &generator)
            guard let text = PostfixText.text(of: formula), let program = StackProgram(text) else { continue }
            let table = RandomFormula.table(rows: 4, &generator)
            let sheet = try FormulaSheet(table).outcomes(of: formula)
            let machine = try #require(program.outcomes(over: table))
            for (one, other) in zip(sheet, machine) {
                switch (one, other) {
                // Which of two faults in one formula is met first is nobody's business.
                case (.failure, .failure): counts["fault", default: 0] += 1
                default:
                    #expect(one == other, "seed \(seed): \(formula) as \(text)")
                    counts["value", default: 0] += 1
                }
            }
        }
        #expect(counts["value", default: 0] > 2000 && counts["fault", default: 0] > 500, "\(counts)")
    }

    @Test func `decimals are exact`() {
        #expect(Rational(decimal: "0.125") == Rational(1, over: 8))
        #expect(Rational(1, over: 8)?.decimal == "0.125")
        #expect(Rational(-5, over: 2)?.decimal == "-2.5")
        #expect(Rational(1, over: 3)?.decimal == nil)
        #expect(Rational(25, over: 10)?.rounded(toDigits: 0) == 3)
        #expect(Rational(-25, over: 10)?.rounded(toDigits: 0) == -3)
        #expect(Rational(decimal: "1234567890123456") == nil)
        for text in ["", ".", "1.", ".1", "-1", "1 ", "١"] { #expect(Rational(decimal: text) == nil, "\(text)") }
    }
}

/// Formulas as stack programs, by the plain rule: operands first.
private enum PostfixText {
    static func text(of formula: Formula) -> String? {
        switch formula {
        case .number(let number): return number.decimal
        case .text(let text): return text.contains("\"") ? nil : "\"\(text)\""
        case .truth(let truth): return "\(truth)"
        case .column(let name): return "$\(name)"
        case .negation(let operand): return Self.text(of: operand).map { "0 \($0) sub" }
        case .call(.sum, let operands): return "sum$\(operands[0].columns[0])"
        case .call(.average, let operands): return "mean$\(operands[0].columns[0])"
        default: break
        }
        let operands = formula.operands.compactMap { Self.text(of: $0) }
        guard operands.count == formula.operands.count, let word = words[formula.symbol ?? ""] else { return nil }
        guard ["AND", "OR", "MIN", "MAX", "CONCAT"].contains(formula.symbol) else {
            return operands.joined(separator: " ") + " \(word)"
        }
        return operands[0] + operands.dropFirst().map { " \($0) \(word)" }.joined()
    }

    private static let words = [
        "=": "same", "<>": "differ", "<": "less", ">": "more", "<=": "atmost", ">=": "atleast", "&": "join", "+": "add",
        "-": "sub", "*": "mul", "/": "div", "IF": "pick", "AND": "and", "OR": "or", "NOT": "not", "MIN": "min",
        "MAX": "max", "ABS": "abs", "ROUND": "round", "MOD": "mod", "LEN": "len", "LEFT": "first", "RIGHT": "last",
        "UPPER": "upper", "LOWER": "lower", "CONCAT": "join",
    ]
}
