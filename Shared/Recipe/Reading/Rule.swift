/// What a value of one key must be, in words for messages and documents and as a check.
struct Rule<Value: RecipeValue> {
    /// Completes the sentence "the key must be …".
    let phrase: String

    /// Whether a value of the right type is also in range.
    let holds: (Value) -> Bool
}

extension Rule<Int> {
    /// An integer within two inclusive ends.
    static func integer(_ range: ClosedRange<Int>) -> Rule {
        Rule(phrase: "an integer from \(range.lowerBound) to \(range.upperBound)", holds: range.contains)
    }
}

extension Rule<UInt64> {
    /// Any seed.
    static var seed: Rule { Rule(phrase: "an integer from 0 to \(UInt64.max)", holds: { _ in true }) }
}

extension Rule<Double> {
    /// A number within two inclusive ends.
    static func number(_ range: ClosedRange<Double>) -> Rule {
        Rule(phrase: "a number from \(range.lowerBound) to \(range.upperBound)", holds: range.contains)
    }

    /// A number above the first and up to the second.
    static func number(above low: Double, to high: Double) -> Rule {
        Rule(phrase: "a number above \(low) and at most \(high)", holds: { $0 > low && $0 <= high })
    }
}

extension Rule<Bool> {
    /// Either of the two.
    static var flag: Rule { Rule(phrase: "true or false", holds: { _ in true }) }
}

extension Rule<String> {
    /// A word that can be a folder's name and part of a `--set` path.
    static var name: Rule {
        Rule(phrase: "a letter, then at most 63 letters, digits, - or _") { text in
            text.utf8.count <= 64 && text.first?.isLetter == true
                && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        }
    }

    /// A SHA-256 in hexadecimal.
    static var sha256: Rule {
        Rule(phrase: "64 hexadecimal digits, 0 to 9 and a to f") { text in
            text.utf8.count == 64 && text.allSatisfy { "0123456789abcdef".contains($0) }
        }
    }

    /// The path of a file or a folder; whether it is there is found out when the run starts.
    static var path: Rule { Rule(phrase: "a path", holds: { !$0.isEmpty }) }
}

extension Rule<ClosedRange<Int>> {
    /// The two inclusive ends of a range that lies within another.
    static func span(within limits: ClosedRange<Int>) -> Rule {
        Rule(phrase: "[low, high], two integers with \(limits.lowerBound) ≤ low ≤ high ≤ \(limits.upperBound)") {
            span in
            limits.contains(span.lowerBound) && limits.contains(span.upperBound)
        }
    }
}

extension Rule<[Int]> {
    /// Integers within two inclusive ends, each above the one before.
    static func growing(_ range: ClosedRange<Int>) -> Rule {
        Rule(phrase: "a list of integers from \(range.lowerBound) to \(range.upperBound), each above the one before") {
            numbers in
            !numbers.isEmpty && numbers.allSatisfy(range.contains) && zip(numbers, numbers.dropFirst()).allSatisfy(<)
        }
    }
}

extension Rule where Value: RecipeChoice {
    /// One of the words of the type.
    static var choice: Rule {
        let words = Value.allCases.map(\.rawValue)
        return Rule(
            phrase: words.count == 1 ? words[0] : "one of " + words.joined(separator: ", "), holds: { _ in true })
    }
}

extension Rule {
    /// At least one of the words of the type, each once.
    static func choices<Word: RecipeChoice & Hashable>() -> Rule where Value == [Word] {
        let words = Word.allCases.map(\.rawValue)
        return Rule(phrase: "a list of some of " + words.joined(separator: ", ")) {
            !$0.isEmpty && Set($0).count == $0.count
        }
    }
}
