import Basics
import Testing

@testable import Mathematics

/// Random answers, and the same answers written in another way.
@Suite struct `Rewriting an answer` {
    private static let seed: UInt64 = 20_406

    /// An expression without functions, whose value can always be told exactly.
    private static func expression(depth: Int, _ generator: inout SeededGenerator) -> String {
        guard depth > 0 else {
            let leaves = ["x", "y", "\\pi", "7", "12", "0.5", "\\frac{2}{3}", "\\sqrt{2}"]
            return leaves[Int.random(in: leaves.indices, using: &generator)]
        }
        let (a, b) = (expression(depth: depth - 1, &generator), expression(depth: depth - 1, &generator))
        return switch Int.random(in: 0..<5, using: &generator) {
        case 0: "(\(a) + \(b))"
        case 1: "(\(a) - \(b))"
        case 2: "\\left(\(a)\\right) \\cdot \(b)"
        case 3: "\\frac{\(a)}{\(b) + 11}"
        default: "(\(a))^2"
        }
    }

    /// Ways to write the same.
    private static let rewritings: [(name: String, rewrite: @Sendable (String) -> String)] = [
        ("itself", { $0 }), ("in dollars", { "$\($0)$" }), ("in brackets", { "\\left( \($0) \\right)" }),
        ("in a box", { "\\boxed{\($0)}" }), ("a display fraction", { $0.replacing("\\frac", with: "\\dfrac") }),
        ("plus nothing", { "\($0) + 0" }), ("times one", { "1 \\cdot (\($0))" }),
        ("twice its half", { "2 \\cdot \\frac{\($0)}{2}" }),
        ("the other way round", { "-(-(\($0)))" }), ("from the other side", { "\\pi - (\\pi - (\($0)))" }),
        (
            "in plain text",
            { $0.replacing("\\cdot", with: "*").replacing("\\left", with: "").replacing("\\right", with: "") }
        ),
        ("with spaces", { $0.replacing("(", with: "( \\, ").replacing("\\frac", with: " \\frac") }),
        ("as an equation", { "S = \($0)" }),
    ]

    private static func areEqual(_ first: String, _ second: String) throws -> Bool {
        let (a, b) = (try #require(try Answer(reading: first)), try #require(try Answer(reading: second)))
        var comparison = AnswerComparison()
        return try comparison.areEqual(a, b)
    }

    @Test func `keeps it, and one more is another answer`() throws {
        var generator = SeededGenerator(seed: Self.seed, name: "rewriting")
        for index in 0..<120 {
            let text = Self.expression(depth: index % 4, &generator)
            for (name, rewrite) in Self.rewritings {
                #expect(try Self.areEqual(text, rewrite(text)), "\(name), seed \(Self.seed): \(text)")
                #expect(try Self.areEqual(rewrite(text), text), "\(name), seed \(Self.seed): \(text)")
                #expect(try !Self.areEqual(text, rewrite("\(text) + 1")), "\(name), seed \(Self.seed): \(text)")
            }
        }
    }

    @Test func `turns numbers into other forms of the same value`() throws {
        var generator = SeededGenerator(seed: Self.seed, name: "numbers")
        for _ in 0..<300 {
            let number = Int.random(in: 1_000...99_999_999, using: &generator)
            let digits = Array("\(number)")
            let grouped = digits.enumerated().map { index, digit in
                (index > 0 && (digits.count - index).isMultiple(of: 3) ? "," : "") + String(digit)
            }.joined()
            let forms = [
                grouped, grouped.replacing(",", with: "{,}"), grouped.replacing(",", with: "\\,"), "\(number).00",
                "+\(number)", "00\(number)",
                "\\$\(grouped)", "\(number) apples", "\\frac{\(3 * number)}{3}", "\(Double(number) / 8)\\cdot 8",
                "\(number)00\\%",
            ]
            for form in forms {
                #expect(try Self.areEqual("\(number)", form), "\(form)")
                #expect(try !Self.areEqual("\(number + 1)", form), "\(form)")
            }
        }
    }

    @Test func `of a list leaves the order, and of a tuple it does not`() throws {
        var generator = SeededGenerator(seed: Self.seed, name: "lists")
        for _ in 0..<200 {
            let items = (0..<Int.random(in: 2...5, using: &generator)).map {
                "\($0)\(Int.random(in: 1...9, using: &generator))"
            }
            let other = items.shuffled(using: &generator)
            #expect(try Self.areEqual(items.joined(separator: ", "), "\\{" + other.joined(separator: ",\\,") + "\\}"))
            #expect(
                try Self.areEqual("(\(items.joined(separator: ", ")))", "(\(other.joined(separator: ", ")))")
                    == (items == other))
        }
    }
}
