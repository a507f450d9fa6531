import Testing

@testable import OperatorCore

@Suite struct `JSON values` {
    @Test func `are JSON, in the order of their fields`() {
        let value = JSONValue.object([
            .init("b", .list([.integer(-3), .real(0.5), .flag(true), .null])), .init("a", .text("x")),
        ])
        #expect(value.json == #"{"b":[-3,0.5,true,null],"a":"x"}"#)
    }

    @Test func `escape what JSON does not take in a text`() {
        #expect(JSONValue.text("a\"b\\c\n\r\t\u{1}é😀").json == #""a\"b\\c\n\r\t\u0001é😀""#)
    }

    @Test func `have no number for what is not finite`() {
        #expect(JSONValue.real(Double.nan).json == "null")
        #expect(JSONValue.real(-Float.infinity).json == "null")
    }

    @Test(arguments: [Float.leastNonzeroMagnitude, 1e-5, -3.1415927, 1e30])
    func `keep every digit of a number`(number: Float) {
        #expect(Float(JSONValue.real(number).json) == number)
    }

    @Test func `leave out for people what is empty, and cut what is long`() {
        let value = JSONValue.object([
            .init("empty", .text("")), .init("none", .list([])), .init("no", .flag(false)), .init("zero", .integer(0)),
            .init("long", .text(String(repeating: "x", count: 121))),
            .init("numbers", .list((1...7).map { .integer($0) })),
            .init("hash", .text(String(repeating: "0a", count: 32))),
        ])
        #expect(
            value.brief
                == "{zero: 0, long: \"\(String(repeating: "x", count: 120))\"…(121), numbers: [1, 2, 3, 4, 5, 6, …(7)], "
                + "hash: \"0a0a0a0a0a0a\"}")
    }

    @Test func `give a field by its name`() {
        let value = JSONValue.object([.init("a", .integer(1))])
        #expect(value["a"] == .number("1"))
        #expect(value["b"] == nil)
        #expect(JSONValue.null["a"] == nil)
    }
}
