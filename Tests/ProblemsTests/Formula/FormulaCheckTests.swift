import Basics
import Mathematics
import Problems
import Testing

@Suite struct `The check of formulas` {
    private static let question = FormulaQuestion(
        "price,stock,city: 4,12,Oslo; 7,3,Rome; 9,5,Oslo | Multiply price by stock, then cap it at 40.")
    private static let reference = "MIN(price*stock,40)"

    private func check(_ solution: String, _ reference: String = reference) throws -> DerivationResult {
        FormulaCheck.check(solution, of: try #require(Self.question), reference: try Formula(parsing: reference))
    }

    private func reason(_ solution: String) throws -> (step: Int, reason: String)? {
        guard case .incorrect(let step, let reason) = try check(solution) else { return nil }
        return (step, reason)
    }

    @Test(arguments: [
        "d1=price*stock\n#### MIN(d1,40)", "#### MIN(price*stock,40)", "#### MIN(40,stock*price)",
        " d1 = price * stock \r\nd2=d1>40\n#### IF( d2 , 40 , d1 ) ", "d1=price*stock\n#### MIN(d1,40)\nor so\n#### 5",
        "unused=1/0\n#### MIN(price*stock,40)", "#### IF(price*stock<40,price*stock,80/2)",
    ])
    func `takes whatever comes to the same in every row`(solution: String) throws {
        #expect(try check(solution) == .correct)
    }

    @Test(
        arguments: [
            ("d1=price*stock\n\n#### MIN(d1,40)", 2, "is no step"), ("price*stock\n#### 1", 1, "is no step"),
            ("d1=price*\n#### MIN(d1,40)", 1, "cannot be used"), ("d1=cost*2\n#### MIN(d1,40)", 1, "\"cost\""),
            ("price=stock\n#### price", 1, "a name of its own"), ("d1=1\nd1=2\n#### d1", 2, "a name of its own"),
            ("D=price\n#### 1", 1, "the name of a new column"), ("=price\n#### 1", 1, "the name of a new column"),
            ("d1=d1+1\n#### d1", 1, "\"d1\""), ("d1=price*stock\n#### MIN(d2,40)", 2, "\"d2\""),
            ("#### MIN(price*stock,40", 1, "cannot be used"),
            ("#### 40", 1, "In row 2 the formula comes to 40; it should come to 21"),
            ("#### price*stock", 1, "In row 1 the formula comes to 48; it should come to 40"),
            ("#### MIN(price*stock,40)&\"\"", 1, "In row 1"), ("d1=price*stock\n#### MIN(d1,price/0)", 2, "#DIV/0!"),
            // Right in the table and wrong elsewhere.
            ("#### IF(price=4,40,IF(price=7,21,40))", 1, "In a hidden row"),
        ] as [(String, Int, String)])
    func `names the first step that does not hold, and why`(solution: String, step: Int, part: String) throws {
        let found = try #require(try reason(solution))
        #expect(found.step == step)
        #expect(found.reason.contains(part), "\(found.reason)")
    }

    @Test(arguments: ["", "d1=price", "####", "####  \nd1=price", "### price"])
    func `sees when there is no answer`(solution: String) throws {
        #expect(try check(solution) == .noAnswer)
    }

    @Test func `outputs are compared with their types`() throws {
        #expect(try check("#### LEN(city)&\"\"", "LEN(city)") != .correct)
        #expect(try check("#### price>4", "price>4") == .correct)
        #expect(try check("#### IF(price>4,\"TRUE\",\"FALSE\")", "price>4") != .correct)
        // Equal faults are equal outcomes.
        #expect(try check("#### stock/0", "price/0") == .correct)
    }

    @Test func `the ends of ranges are told apart, as hidden rows come near the numbers of the request`() throws {
        let question = try #require(
            FormulaQuestion("price,stock: 4,12; 70,3; 9,5 | Say whether price is more than 30."))
        let reference = try Formula(parsing: "price>30")
        #expect(FormulaCheck.check("#### price>30", of: question, reference: reference) == .correct)
        for wrong in ["price>=30", "price>31", "price>29", "price>=32"] {
            #expect(FormulaCheck.check("#### \(wrong)", of: question, reference: reference) != .correct, "\(wrong)")
        }
    }

    @Test func `is not misled by large or hostile text`() throws {
        let power = (1...63).map { "p\($0)=p\($0 - 1)*p\($0 - 1)\n" }.joined()
        let braces = String(repeating: "(", count: 300_000)
        let steps = (0..<100_000).map { "s\($0)=price\n" }.joined()
        let sums = (1..<64).map {
            "s\($0)=" + Array(repeating: "1/(price+\($0))", count: 25).joined(separator: "+") + "\n"
        }
        let clock = ContinuousClock()
        for text in [
            "p0=price\n\(power)#### p63", "\(braces)\n#### price", "d=\(braces)\n#### price", "#### \(braces)",
            "\(steps)#### s1",
            sums.joined() + "#### SUM(s5)", "d=\"\0\"\n#### d",
        ] {
            let time = try clock.measure {
                let found = try #require(try reason(text))
                #expect(found.reason.utf8.count < 600 && !found.reason.contains("\0"))
            }
            #expect(time < .seconds(5), "\(text.prefix(30)) took \(time)")
        }
    }

    @Test func `a question is read as it is written, and nothing else is`() throws {
        let question = try #require(Self.question)
        #expect(FormulaQuestion(question.text) == question)
        #expect(question.table.rows[1] == [.number(7), .number(3), .text("Rome")])
        for text in [
            "", "a: 1", "a | x", "a,a: 1,2 | x", "A: 1 | x", "a,b: 1 | x", "a: 1; | x", ": | x", "a: 1: 2 | x",
            "a:  | x",
            "a: " + Array(repeating: "1", count: 65).joined(separator: "; ") + " | x",
        ] {
            #expect(FormulaQuestion(text) == nil, "\(text)")
        }
    }
}
