import Basics
import Mathematics
import Testing

@testable import Problems

@Suite struct `Reading requests` {
    private func program(_ request: String) -> String? {
        let table = FormulaTable(
            columns: ["price", "stock", "city"], rows: [[.number(4), .number(12), .text("Oslo")]])
        return RequestReader.program(for: FormulaQuestion(table: table, request: request))
    }

    @Test(
        arguments: [
            ("Take price plus 2.", "$price 2 add"), ("Subtract 2 from price.", "$price 2 sub"),
            ("Take price. Then subtract it from 20.", "20 $price sub"),
            ("Multiply price by stock, then cap it at 40.", "$price $stock mul 40 min"),
            ("Give the sum of the product of price and 2 and stock times 3.", "$price 2 mul $stock 3 mul add"),
            ("Give the remainder when price divided by 2 is divided by 3.", "$price 2 div 3 mod"),
            (
                "If both price is at least 4 and city equals \"Oslo\", give \"yes\", otherwise \"no\".",
                "$price 4 atleast $city \"Oslo\" same and \"yes\" \"no\" pick"
            ),
            (
                "Take price minus 1. Then give 5 when that is above 9, and stock otherwise. Then add 1.",
                "$price 1 sub 9 more 5 $stock pick 1 add"
            ),
            (
                "Take the ratio of price to the column total of price, then round it to 1 decimal place.",
                "$price sum$price div 1 round"
            ),
            ("Keep its first letter.", nil), ("Take cost.", nil), ("Take price. And so on.", nil), ("", nil),
            ("Take price, then take stock.", nil), ("Add price to.", nil), ("Take it.", nil),
            ("Say whether price is red.", nil),
        ] as [(String, String?)])
    func `a request is read as a person reads it, or not at all`(request: String, wanted: String?) {
        #expect(program(request) == wanted)
    }

    @Test(arguments: [("Say whether ", "both "), ("Take ", "the sum of ")])
    func `a request that nests without end is not read`(start: String, opening: String) {
        #expect(program(start + String(repeating: opening, count: 5000)) == nil)
    }

    @Test(arguments: [ProblemSplit.train, .formShift])
    func `whatever is told is read, in every wording, and counted`(split: ProblemSplit) throws {
        let family = try FormulaFamily(dials: ["validate": "none", "misdescribed": "0.3", "columns": "3..6"])
        for index in UInt64(0)..<250 {
            let made = family.made(seed: 6, index: index, split: split)
            let right = FormulaRequest(question: made.request.question, formula: made.told)
            for surrogate in Surrogate.allCases {
                #expect(
                    surrogate.reasonToDropByRule(right) == nil,
                    "seed 6: \(surrogate) of \(made.told) in \(right.question.text)")
            }
        }
    }

    @Test(arguments: [
        "", "1", "$price", "1 2 add", "\"two words\" upper", "true 1 2 pick", "mean$price sum$price div",
        " 1   2\tadd ",
    ])
    func `a stack program leaves one value`(text: String) throws {
        #expect((StackProgram(text) == nil) == text.isEmpty)
    }

    @Test(arguments: [
        "add", "1 add", "1 2", "1 2 add add", "price", "\"open", "1 2 plus", "sum$", "$nothing", "max$price",
    ])
    func `what is no program, or uses no column there is, is refused`(text: String) {
        let table = FormulaTable(columns: ["price"], rows: [[.number(4)]])
        #expect(StackProgram(text)?.outcomes(over: table) == nil)
    }

    @Test func `a program that a model wrote is bounded`() {
        #expect(StackProgram(Array(repeating: "1", count: 100_000).joined(separator: " ")) == nil)
        let table = FormulaTable(columns: ["price"], rows: [[.number(10)]])
        let square = "$price " + String(repeating: "$price mul ", count: 120)
        #expect(StackProgram(square)?.outcomes(over: table)?.count == 1)
        // Numbers double in length with every other word if operands are the same: here each sum of digits squares.
        let divided = StackProgram("1 0 div 2 3 pick")?.outcomes(over: table)
        #expect(divided == [.failure(.divisionByZero)])
        #expect(StackProgram("$price 3 more $price 1 0 div pick")?.outcomes(over: table) == [.success(.number(10))])
    }
}
