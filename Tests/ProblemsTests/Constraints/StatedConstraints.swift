import Testing

/// A constraint problem as its question says it, and what trying all values finds. It shares no code with the family.
struct StatedConstraints {
    let domain: ClosedRange<Int>
    let names: [Character]
    let texts: [String]
    let asked: String

    init(_ question: String) throws {
        let match = try #require(
            question.wholeMatch(of: /([a-h](?:, [a-h])*) are integers from (\d+) to (\d+)\. (.*)\. What is ([^?]*)\?/),
            "\(question)")
        names = match.1.split(separator: ", ").map { Character(String($0)) }
        domain = try #require(Int(match.2))...#require(Int(match.3))
        texts = match.4.components(separatedBy: ". ")
        asked = String(match.5)
    }

    /// Every choice of values from these sets.
    static func choices(_ sets: [[Int]]) -> [[Int]] {
        sets.reduce([[]]) { choices, set in choices.flatMap { choice in set.map { choice + [$0] } } }
    }

    /// The choices of values within the domain that keep the constraints at these places.
    func models(_ places: [Int]) throws -> [[Int]] {
        try Self.choices(names.map { _ in Array(domain) }).filter { values in
            try places.allSatisfy { try holds(texts[$0], values) }
        }
    }

    /// Whether a constraint holds for these values.
    func holds(_ text: String, _ values: [Int]) throws -> Bool {
        if let parts = text.firstMatch(of: /^(.*) or (.*)$/) {
            return try holds(String(parts.1), values) || holds(String(parts.2), values)
        }
        if let match = text.wholeMatch(of: /([a-h]) is even/) { return try value(match.1, values).isMultiple(of: 2) }
        if let match = text.wholeMatch(of: /([a-h]) is odd/) { return try !value(match.1, values).isMultiple(of: 2) }
        if let match = text.wholeMatch(of: /([a-h]) is a multiple of (\d+)/) {
            return try value(match.1, values).isMultiple(of: #require(Int(match.2)))
        }
        let match = try #require(text.wholeMatch(of: /([^<>=]+)([<>=])([^<>=]+)/), "\(text)")
        let (left, right) = (try value(match.1, values), try value(match.3, values))
        switch match.2 {
        case "<": return left < right
        case ">": return left > right
        default: return left == right
        }
    }

    /// The value of `a`, `12`, `a+b+c`, `a-b` or `a*b`.
    func value(_ text: some StringProtocol, _ values: [Int]) throws -> Int {
        for (sign, apply) in [("+", { $0 + $1 }), ("-", { $0 - $1 }), ("*", { $0 * $1 })]
            as [(Character, (Int, Int) -> Int)] where text.contains(sign)
        {
            let parts = try text.split(separator: sign).map { try value($0, values) }
            return try parts.dropFirst().reduce(#require(parts.first), apply)
        }
        if let number = Int(text) { return number }
        return values[try #require(names.firstIndex(of: Character(String(text))), "\(text)")]
    }
}

extension String {
    /// The parts between the separators.
    fileprivate func components(separatedBy separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}
