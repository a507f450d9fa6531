import Testing

@testable import ModelFiles

@Suite struct `JSON` {
    private func parsed(_ text: String) throws -> JSONValue {
        try Array(text.utf8).withUnsafeBytes { try JSONParser.parse($0, "a test") }
    }

    @Test(arguments: [
        ("null", JSONValue.null), (" true ", .bool(true)), ("false\n", .bool(false)), ("0", .integer(0)),
        ("-12", .integer(-12)), ("9223372036854775807", .integer(.max)), ("9223372036854775808", .number(0x1p63)),
        ("1.5e3", .number(1500)), ("-0.25", .number(-0.25)), ("1E-05", .number(1e-5)), (#""""#, .string("")),
        (#""π\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00z""#, .string("π\"\\/\u{8}\u{c}\n\r\té😀z")), ("[]", .array([])),
        ("[1, [\"a\"]]", .array([.integer(1), .array([.string("a")])])), ("{ }", .object([])),
        (
            #"{"b": 1, "a": {"c": null}}"#,
            .object([JSONMember("b", .integer(1)), JSONMember("a", .object([JSONMember("c", .null)]))])
        ),
    ])
    func `text is read as the value that it states`(text: String, value: JSONValue) throws {
        #expect(try parsed(text) == value)
    }

    @Test(arguments: [
        ("", "a value must begin here"), ("nul", "a value must begin here"), ("01", "a value must begin here"),
        ("+1", "a value must begin here"), (".5", "a value must begin here"), ("1.", "nothing may follow"),
        ("1e", "an exponent must have digits"), ("1e999", "a number must be finite"),
        (String(repeating: "1", count: 65), "64 characters"), ("1 2", "nothing may follow"),
        ("[1,]", "a value must begin here"), ("[1", "must end with a bracket"), ("{\"a\":1", "must end with a brace"),
        ("{\"a\" 1}", "a colon must follow"), ("{a:1}", "must begin with its key"),
        ("{\"a\":1,}", "must begin with its key"),
        ("{\"a\":1,\"\\u0061\":2}", "a key must occur once"), ("\"a", "must end with a quotation mark"),
        ("\"a\n\"", "must end with a quotation mark"), ("\"\\n\n\"", "must end with a quotation mark"),
        ("\"\\x\"", "an escape must be one of"), ("\"\\", "an escape must be whole"), ("\"\\u12g4\"", "hexadecimal"),
        ("\"\\ud800\"", "surrogates"), ("\"\\ud800\\u0041\"", "surrogates"), ("\"\\udc00\\udc00\"", "surrogates"),
        (String(repeating: "[", count: 33), "nested 32 deep"),
    ])
    func `what breaks the rules is refused with the rule and the place`(text: String, rule: String) {
        let error = #expect(throws: ModelFilesError.self) { try parsed(text) }
        #expect(error?.code == .malformedFile)
        #expect(error?.message.contains(rule) == true && error?.message.contains("offset") == true, "\(error as Any)")
    }

    @Test func `strings must be UTF-8, with and without escapes`() {
        for bytes in [[0x22, 0xff, 0x22], [0x22, 0x5c, 0x6e, 0xc0, 0x80, 0x22]] as [[UInt8]] {
            let error = #expect(throws: ModelFilesError.self) {
                try bytes.withUnsafeBytes { try JSONParser.parse($0, "a test") }
            }
            #expect(error?.message.contains("UTF-8") == true)
        }
    }

    @Test func `the number of values is bounded`() {
        let text = "[" + String(repeating: "0,", count: JSONParser.mostValues) + "0]"
        let error = #expect(throws: ModelFilesError.self) { try parsed(text) }
        #expect(error?.message.contains("values may occur") == true)
    }

    @Test func `what is written is read as it was`() throws {
        let value = JSONValue.object([
            JSONMember("a\"\\\u{1}\u{1f}π", .array([.null, .bool(true), .integer(.min), .number(0.1), .object([])])),
            JSONMember("b", .object([JSONMember("", .string("\n"))])),
        ])
        #expect(try value.bytes.withUnsafeBytes { try JSONParser.parse($0, "a test") } == value)
    }
}
