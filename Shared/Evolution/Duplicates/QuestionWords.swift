import Foundation

/// A question in words, numbers and signs, without what does not change what it asks: case, blanks and punctuation.
struct QuestionWords {
    /// Small letters or digits, or one sign; numbers keep a decimal point, and lose the commas between groups of three digits.
    let words: [String]

    init(_ question: String) {
        // Most questions are ASCII, which is in normal form.
        let isPlain = question.utf8.allSatisfy { $0 < 0x80 }
        let text = isPlain ? question.lowercased() : question.precomposedStringWithCompatibilityMapping.lowercased()
        var reader = WordReader(Array(text.unicodeScalars))
        var words: [String] = []
        while let word = reader.next() { words.append(word) }
        self.words = words
    }

    /// The words with blanks between them: equal where two questions are the same.
    var text: String { words.joined(separator: " ") }

    /// The runs of `length` words, with a `#` for every number, as hashes; all words as one run, if there are fewer. In rising order, each once.
    func runs(of length: Int) -> [UInt64] {
        let hashes = words.map { Self.isNumber($0) ? Self.hash("#") : Self.hash($0) }
        guard hashes.count > length else { return [Self.hash(hashes[...])] }
        return Set((0...(hashes.count - length)).map { Self.hash(hashes[$0..<($0 + length)]) }).sorted()
    }

    /// A hash of the numbers and signs in their order, which make two questions of the same words two problems.
    var numbersHash: UInt64 {
        Self.hash(words.filter { Self.isNumber($0) || !Self.isWord($0) }.map(Self.hash)[...])
    }

    // MARK: Kinds of words

    private static func isWord(_ word: String) -> Bool {
        word.unicodeScalars.first.map { $0.properties.isAlphabetic } ?? false
    }

    private static func isNumber(_ word: String) -> Bool {
        word.utf8.first.map { (0x30...0x39).contains($0) } == true || numberWords.contains(word)
    }

    /// Words that say how many, and may be what two problems differ in.
    private static let numberWords: Set<String> = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
        "sixty", "seventy",
        "eighty", "ninety", "hundred", "thousand", "million", "dozen", "half", "third", "thirds", "quarter", "quarters",
        "fifth", "fifths",
        "tenth", "tenths", "once", "twice", "thrice", "double", "triple",
    ]

    // MARK: Hashes

    /// FNV-1a, mixed, so that rising order is as good as random.
    private static func hash(_ word: String) -> UInt64 {
        mixed(word.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 })
    }

    private static func hash(_ hashes: ArraySlice<UInt64>) -> UInt64 {
        hashes.reduce(UInt64(hashes.count)) { combined($0, $1) }
    }

    /// A hash of two hashes in their order.
    static func combined(_ first: UInt64, _ second: UInt64) -> UInt64 {
        mixed(first &* 0x9e37_79b9_7f4a_7c15 &+ second)
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

/// Reads words, numbers and signs from a text in small letters.
private struct WordReader {
    private let text: [Unicode.Scalar]
    private var place = 0

    init(_ text: [Unicode.Scalar]) { self.text = text }

    mutating func next() -> String? {
        while let scalar = at(place) {
            if Self.isDigit(scalar) { return number() }
            if Self.isLetter(scalar) { return word() }
            place += 1
            if let sign = sign(scalar) { return sign }
        }
        return nil
    }

    private func at(_ place: Int) -> Unicode.Scalar? { text.indices.contains(place) ? text[place] : nil }

    private mutating func word() -> String {
        var word = String.UnicodeScalarView()
        while let scalar = at(place), Self.isLetter(scalar) {
            word.append(scalar)
            place += 1
        }
        return String(word)
    }

    private mutating func number() -> String {
        var number = String.UnicodeScalarView()
        while let scalar = at(place) {
            if Self.isDigit(scalar) || scalar == "." && Self.isDigit(at(place + 1)) {
                number.append(scalar)
            } else if !(scalar == "," && isGroup(after: place)) {
                break
            }
            place += 1
        }
        return String(number)
    }

    /// Whether exactly three digits follow.
    private func isGroup(after place: Int) -> Bool {
        (1...3).allSatisfy { Self.isDigit(at(place + $0)) } && !Self.isDigit(at(place + 4))
    }

    /// The sign that a character at the place before is; nil if it is punctuation.
    private func sign(_ scalar: Unicode.Scalar) -> String? {
        let (before, after) = (at(place - 2), at(place))
        switch scalar {
        case "-", "\u{2212}", "\u{2013}", "\u{2010}", "\u{2011}":
            // Hyphens and dashes between words are none.
            let (left, right) = (text[..<(place - 1)].last(where: isNoBlank), text[place...].first(where: isNoBlank))
            return [left, right].contains(where: Self.isDigit) ? "-" : nil
        case "*", "×", "·", "⋅": return "*"
        case "/", "÷": return "/"
        case "%", "^": return String(Character(scalar))
        // Brackets around words change nothing.
        case "(", ")": return Self.isDigit(before) || Self.isDigit(after) ? String(Character(scalar)) : nil
        default: return scalar.properties.generalCategory == .mathSymbol ? String(Character(scalar)) : nil
        }
    }

    private func isNoBlank(_ scalar: Unicode.Scalar) -> Bool { scalar != " " }

    private static func isDigit(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { ("0"..."9").contains($0) } ?? false }

    private static func isLetter(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        if scalar.isASCII { return ("a"..."z").contains(scalar) }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .otherNumber, .letterNumber, .decimalNumber: return true
        default: return scalar.properties.isAlphabetic
        }
    }
}
