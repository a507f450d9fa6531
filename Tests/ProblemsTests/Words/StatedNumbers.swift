@testable import Problems

/// The numbers of a word problem: as its graph states them, and as its text does, which is read by a list of English words.
enum StatedNumbers {
    /// Of all facts, sorted: integers, and fractions as `2/3`. A conversion's factor is not stated, nor has a total one.
    static func of(_ graph: QuantityGraph) -> [String] {
        graph.facts.flatMap { fact in
            fact.statements.flatMap(of) + (fact.alternative.flatMap { threshold($0.condition) }.map { [$0] } ?? [])
        }.sorted()
    }

    /// Of a text, sorted.
    static func read(_ text: String) -> [String] {
        let words = text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
        return words.indices.compactMap { place in
            let (word, before) = (words[place], place > 0 ? words[place - 1] : "")
            if Int(word) != nil { return word }
            if word == "twice" { return "2" }
            if word == "half" { return "1/2" }
            for (name, denominator) in denominators {
                if word == name, ["a", "an"].contains(before) { return "1/\(denominator)" }
                if word == name + "s", let numerator = numerals[before] { return "\(numerator)/\(denominator)" }
            }
            return nil
        }.sorted()
    }

    private static func of(_ statement: Statement) -> [String] {
        switch statement {
        case .given(let value): return ["\(value)"]
        case .related(let relation):
            switch relation.kind {
            case .total, .difference, .conversion: return []
            case .fraction: return ["\(relation.numbers.number)/\(relation.numbers.divisor)"]
            default: return ["\(relation.numbers.number)"]
            }
        }
    }

    private static func threshold(_ condition: Condition) -> String? {
        guard case .exceeds(_, let threshold) = condition else { return nil }
        return "\(threshold)"
    }

    private static let denominators = [
        ("third", 3), ("quarter", 4), ("fifth", 5), ("sixth", 6), ("seventh", 7), ("eighth", 8), ("ninth", 9),
        ("tenth", 10),
    ]

    private static let numerals = [
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    ]
}
