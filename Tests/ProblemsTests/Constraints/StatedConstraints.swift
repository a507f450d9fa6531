import Testing

/// A constraint problem as its question says it, and what trying all values finds. It shares no code with the family.
struct StatedConstraints {
    /// A constraint as it is told, read once.
    struct Stated {
        let text: String
        let variables: Set<Int>
        let holds: ([Int]) -> Bool
    }

    let domain: ClosedRange<Int>
    let names: [Character]
    let constraints: [Stated]
    let asked: String

    var texts: [String] { constraints.map(\.text) }

    init(_ question: String) throws {
        let match = try #require(
            question.wholeMatch(of: /([a-h](?:, [a-h])*) are integers from (\d+) to (\d+)\. (.*)\. What is ([^?]*)\?/),
            "\(question)")
        let names = match.1.split(separator: ", ").map { Character(String($0)) }
        self.names = names
        domain = try #require(Int(match.2))...#require(Int(match.3))
        constraints = try match.4.split(separator: ". ").map { try Self.read(String($0), names) }
        asked = String(match.5)
    }

    /// Every choice of values from these sets.
    static func choices(_ sets: [[Int]]) -> [[Int]] {
        sets.reduce([[]]) { choices, set in choices.flatMap { choice in set.map { choice + [$0] } } }
    }

    /// The choices of values within the domain that keep the constraints at these places.
    func models(_ places: [Int]) -> [[Int]] {
        Self.choices(names.map { _ in Array(domain) }).filter { values in
            places.allSatisfy { constraints[$0].holds(values) }
        }
    }

    /// The value of what is asked for.
    func answer(_ values: [Int]) throws -> Int { try Self.term(asked, names).value(values) }

    private static func read(_ text: String, _ names: [Character]) throws -> Stated {
        if let match = text.wholeMatch(of: /(.*) or (.*)/) {
            let (first, second) = (try read(String(match.1), names), try read(String(match.2), names))
            return Stated(text: text, variables: first.variables.union(second.variables)) {
                first.holds($0) || second.holds($0)
            }
        }
        if let match = text.wholeMatch(of: /([a-h]) is (even|odd|a multiple of (\d+))/) {
            let variable = try #require(names.firstIndex(of: Character(String(match.1))))
            let divisor = match.3.flatMap { Int($0) } ?? 2
            let isOdd = match.2 == "odd"
            return Stated(text: text, variables: [variable]) { $0[variable].isMultiple(of: divisor) != isOdd }
        }
        let match = try #require(text.wholeMatch(of: /([^<>=]+)([<>=])([^<>=]+)/), "\(text)")
        let (left, right) = (try term(match.1, names), try term(match.3, names))
        let compare: (Int, Int) -> Bool = match.2 == "<" ? { $0 < $1 } : match.2 == ">" ? { $0 > $1 } : { $0 == $1 }
        return Stated(text: text, variables: left.variables.union(right.variables)) {
            compare(left.value($0), right.value($0))
        }
    }

    /// `a`, `12`, `a+b+c`, `a-b` or `a*b`
    private static func term(
        _ text: some StringProtocol, _ names: [Character]
    ) throws -> (variables: Set<Int>, value: ([Int]) -> Int) {
        let signs: [(Character, (Int, Int) -> Int)] = [("+", { $0 + $1 }), ("-", { $0 - $1 }), ("*", { $0 * $1 })]
        for (sign, apply) in signs where text.contains(sign) {
            let parts = try text.split(separator: sign).map { try term($0, names) }
            let first = try #require(parts.first)
            return (
                parts.reduce([]) { $0.union($1.variables) },
                { values in parts.dropFirst().reduce(first.value(values)) { apply($0, $1.value(values)) } }
            )
        }
        if let number = Int(text) { return ([], { _ in number }) }
        let variable = try #require(names.firstIndex(of: Character(String(text))), "\(text)")
        return ([variable], { $0[variable] })
    }
}
