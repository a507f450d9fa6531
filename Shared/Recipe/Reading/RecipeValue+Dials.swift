/// Dials of a family by name: each a word, a number, or the two ends of a range, which become `low..high`.
///
/// What they mean, and which there are, the family knows.
extension [String: String]: RecipeValue {
    init?(_ node: RecipeNode) {
        guard case .mapping(let entries) = node.content else { return nil }
        self = [:]
        for entry in entries {
            guard let value = Self.dial(entry.value), updateValue(value, forKey: entry.key) == nil else { return nil }
        }
    }

    var rendering: Rendering {
        .mapping(
            sorted { $0.key < $1.key }.map { name, value in
                let ends = value.split(separator: "..", omittingEmptySubsequences: false).map { Int($0) }
                return switch (ends.count, ends.first ?? nil, ends.last ?? nil) {
                case (1, let number?, _) where "\(number)" == value: (name, .text(value))
                case (2, let low?, let high?) where "\(low)..\(high)" == value: (name, .text("[\(low), \(high)]"))
                default: (name, .quotedWhereNeeded(value))
                }
            })
    }

    private static func dial(_ node: RecipeNode) -> String? {
        if let range = ClosedRange<Int>(node) { return "\(range.lowerBound)..\(range.upperBound)" }
        return String(node)
    }
}

extension Rule<[String: String]> {
    /// Names of letters, digits and hyphens, with values that are not empty.
    static var dials: Rule {
        Rule(phrase: "a section of names, each with a word, a number or [low, high]") { dials in
            dials.allSatisfy { name, value in
                !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
                    && !value.isEmpty && !value.contains { $0.isNewline }
            }
        }
    }
}
