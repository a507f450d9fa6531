import Basics
import Mathematics
import Testing

@testable import Problems

@Suite struct `The text of formulas` {
    @Test func `reading and writing are inverse`() throws {
        let seed: UInt64 = 21
        var generator = SeededGenerator(seed: seed, name: "formulas")
        var (count, operations) = (0, Set<String>())
        for _ in 0..<4000 {
            let formula = RandomFormula.formula(depth: 3, &generator)
            guard formula.description.utf8.count <= FormulaLimits.bytes,
                formula.subformulas.count <= FormulaLimits.nodes
            else { continue }
            #expect(try Formula(parsing: formula.description) == formula, "seed \(seed): \(formula)")
            count += 1
            operations.formUnion(formula.subformulas.compactMap(\.symbol))
        }
        #expect(count > 3500 && operations.count == FormulaOperator.allCases.count + FormulaFunction.allCases.count)
    }

    @Test(arguments: [
        ("1+2*3", "1+2*3"), ("(1+2)*3", "(1+2)*3"), ("1-(2-3)", "1-(2-3)"), ("(1-2)-3", "1-2-3"),
        ("8/(4/2)", "8/(4/2)"), ("-a*b", "-a*b"), ("-(a*b)", "-(a*b)"), ("a - -b", "a--b"),
        ("1+2&\"x\"=\"3x\"", "1+2&\"x\"=\"3x\""), ("(a<b)=TRUE", "a<b=TRUE"), ("a<(b=TRUE)", "a<(b=TRUE)"),
        (" IF ( a>=0.50 , \"say \"\"yes\"\"\" , 007 ) ", "IF(a>=0.5,\"say \"\"yes\"\"\",7)"), ("((a))", "a"),
    ])
    func `brackets stand where they are needed and nowhere else`(text: String, written: String) throws {
        #expect(try Formula(parsing: text).description == written)
    }

    @Test(arguments: [
        "", " ", "a+", "+a", "a b", "(a", "a)", "a,b", "IF(a,b)", "IF(a,b,c,d)", "NOT()", "SUM(a+b)", "SUM(1)",
        "FOO(a)", "foo(a)",
        "\"open", "1.2.3", "1.", ".5", "1e5", "1234567890123456", "a==b", "a=>b", "a^b", "A", "TRUE(1)", "a\nb", "é",
        "a;b", "{a}",
        "\0", "_a", "abcdefghijklmnopqrstuvwxyz",
    ])
    func `what is no formula is refused with a sentence`(text: String) {
        let error = #expect(throws: ProblemsError.self, "\(text)") { try Formula(parsing: text) }
        #expect(error?.code == .unreadableFormula)
        #expect(error?.message.hasSuffix(".") == true && (error?.message.utf8.count ?? 1000) < 300)
    }

    @Test func `hostile text is refused at once`() {
        let texts = [
            String(repeating: "(", count: 1_000_000), String(repeating: "-", count: 1000) + "1",
            String(repeating: "IF(", count: 300),
            String(repeating: "NOT(", count: 200) + "a" + String(repeating: ")", count: 200),
            String(repeating: "1+", count: 500) + "1", "MIN(" + String(repeating: "1,", count: 400) + "1)",
            "\"" + String(repeating: "\"\"", count: 600), String(repeating: "9", count: 1000),
        ]
        let clock = ContinuousClock()
        for text in texts {
            let time = clock.measure { #expect(throws: ProblemsError.self) { try Formula(parsing: text) } }
            #expect(time < .milliseconds(500), "\(text.prefix(20))")
        }
    }

    @Test func `what is within the limits is read`() throws {
        let deep = String(repeating: "(", count: 23) + "a" + String(repeating: ")", count: 23)
        #expect(try Formula(parsing: deep) == .column("a"))
        #expect(throws: ProblemsError.self) { try Formula(parsing: "(\(deep))") }
        let long = Array(repeating: "a", count: 64).joined(separator: "+")
        #expect(try Formula(parsing: long).operationCount == 63)
        #expect(throws: ProblemsError.self) { try Formula(parsing: long + "+a") }
    }

    @Test func `random bytes never do more than fail`() {
        let seed: UInt64 = 22
        var generator = SeededGenerator(seed: seed, name: "bytes")
        let alphabet = Array("abIFMINSUM()<>=&+-*/\"., 0129\n\té")
        var read = 0
        for _ in 0..<20_000 {
            let text = String((0..<generator.draw(in: 1...12)).map { _ in generator.draw(from: alphabet) })
            guard let formula = try? Formula(parsing: text) else { continue }
            read += 1
            #expect((try? Formula(parsing: formula.description)) == formula, "seed \(seed): \(text)")
        }
        #expect(read > 100, "some are formulas: \(read)")
    }
}
