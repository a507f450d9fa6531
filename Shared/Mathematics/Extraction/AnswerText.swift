/// Finds the text of the answer in a solution.
///
/// A search takes time linear in the solution's length: of places where an answer may stand a fixed number are looked at.
enum AnswerText {
    /// What a solution states as its answer; nil if it states none.
    static func stated(in solution: [UInt8]) -> ArraySlice<UInt8>? {
        marked(in: solution) ?? boxed(in: solution).map { $0[...] } ?? declared(in: solution)
    }

    /// A solution up to the first token that ends it, where a model wrote that as text.
    static func beforeEnd(_ solution: [UInt8]) -> [UInt8] {
        let ends = ["<|im_end|>", "<|im_start|>", "<|endoftext|>", "<|eot_id|>", "</s>"].compactMap {
            firstPlace(of: Array($0.utf8), in: solution[...])
        }
        return ends.min().map { Array(solution[..<$0]) } ?? solution
    }

    /// Whether the solution has marks or a box, whose answer counts even if it is empty.
    static func isMarked(_ solution: [UInt8]) -> Bool {
        lastPlace(of: marks, in: solution) != nil || boxed(in: solution) != nil
    }

    // MARK: Marks and boxes

    /// What follows the marks on the last line that begins with them.
    static func lineOfMarks(in solution: [UInt8]) -> ArraySlice<UInt8>? {
        var end = solution.endIndex
        while let start = lastPlace(of: marks, in: solution[..<end]) {
            if start == 0 || solution[start - 1] == UInt8(ascii: "\n") {
                return solution[(start + marks.count)...].prefix { $0 != UInt8(ascii: "\n") }
            }
            end = start + marks.count - 1
        }
        return nil
    }

    /// What follows the last `####` on its line.
    static func marked(in solution: [UInt8]) -> ArraySlice<UInt8>? {
        guard let start = lastPlace(of: marks, in: solution) else { return nil }
        let rest = solution[(start + marks.count)...]
        return rest.prefix { $0 != UInt8(ascii: "\n") }
    }

    /// The content of the last `\boxed{…}` that is closed, with those before it if nothing but separators is between.
    static func boxed(in solution: [UInt8]) -> [UInt8]? {
        var end = solution.count
        var answers: [ArraySlice<UInt8>] = []
        var next = 0
        for _ in 0..<attempts {
            guard let start = lastPlace(of: box, in: solution[..<end]) else { break }
            if let content = group(in: solution, from: start + box.count) {
                guard answers.isEmpty || isSeparator(solution[min(content.endIndex + 1, next)..<next]) else { break }
                answers.insert(content, at: 0)
                next = start
            }
            end = start
        }
        return answers.isEmpty ? nil : Array(answers.joined(separator: Array(", ".utf8)))
    }

    /// Whether a text between two boxes says only that there are two.
    private static func isSeparator(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count <= 60 else { return false }
        let words = String(decoding: text, as: UTF8.self).split { !$0.isLetter }
        return words.allSatisfy { ["and", "or", "quad", "qquad", "text"].contains($0) }
            && !text.contains { "+-*/=<>!^|&".utf8.contains($0) }
    }

    /// The content of the braces that begin at a place, after blanks; without braces the letters and digits there.
    private static func group(in solution: [UInt8], from start: Int) -> ArraySlice<UInt8>? {
        var place = start
        while place < solution.count, Ascii.isSpace(solution[place]) { place += 1 }
        guard place < solution.count else { return nil }
        guard solution[place] == UInt8(ascii: "{") else {
            let word = solution[place...].prefix { Ascii.isDigit($0) || Ascii.isLetter($0) }
            return word.isEmpty ? nil : word
        }
        var depth = 0
        var index = place
        while index < solution.count {
            switch solution[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return solution[(place + 1)..<index] }
            default: break
            }
            index += 1
        }
        return nil
    }

    // MARK: Declared answers

    /// Whether the word "answer" is in a solution, which is then more than an answer.
    static func speaksOfAnswer(_ solution: [UInt8]) -> Bool {
        lastPlace(of: Array("nswer".utf8), in: solution) != nil
    }

    /// What follows the last `answer is`, `answer:` or the like: to the end of its mathematics, sentence or line.
    static func declared(in solution: [UInt8]) -> ArraySlice<UInt8>? {
        let small = solution.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
        var end = small.count
        for _ in 0..<attempts {
            guard let start = lastPlace(of: answer, in: small[..<end]) else { return nil }
            end = start
            var place = start + answer.count
            if place < small.count, small[place] == UInt8(ascii: "s") { place += 1 }
            while place < small.count, isFiller(small[place]) { place += 1 }
            var isDeclared = small[(start + answer.count)..<place].contains {
                $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=")
            }
            for verb in verbs where small[place...].starts(with: verb) {
                place += verb.count
                isDeclared = true
                break
            }
            guard isDeclared else { continue }
            while place < small.count, isFiller(small[place]) || Ascii.isSpace(small[place]) { place += 1 }
            let rest = solution[place...]
            let content = statement(at: rest)
            if content.contains(where: { Ascii.isDigit($0) || Ascii.isLetter($0) || $0 >= 0x80 }) { return content }
        }
        return nil
    }

    /// Blanks, emphasis, colons and equals signs between the words and the answer.
    private static func isFiller(_ byte: UInt8) -> Bool { " \t:*=_".utf8.contains(byte) }

    /// The mathematics or sentence that begins at the start of a text. Mathematics goes on where more of it, or a short unit, is
    /// behind it.
    private static func statement(at text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let sentence = sentence(at: text)
        guard let mathematics = mathematics(at: text) else { return sentence }
        let rest = String(decoding: sentence.suffix(from: min(sentence.endIndex, mathematics.endIndex)), as: UTF8.self)
        let words = rest.split { !$0.isLetter }
        let goesOn =
            rest.dropFirst(2).contains { $0 == "$" || $0 == "%" }
            || (1...3).contains(words.count) && !rest.contains(",")
        return goesOn ? sentence : mathematics
    }

    /// The mathematics that begins at the start of a text, if it stands between delimiters.
    private static func mathematics(at text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        for (opening, closing) in delimiters where text.starts(with: opening) {
            let inner = text.dropFirst(opening.count)
            guard let end = firstPlace(of: closing, in: inner) else { continue }
            // `$18` of money closes nowhere near.
            if opening == dollar, inner[..<end].contains(UInt8(ascii: "\n")) { continue }
            return inner[..<end]
        }
        return nil
    }

    /// Up to the end of the sentence or line.
    private static func sentence(at text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == UInt8(ascii: "\n") { break }
            if text[index] == UInt8(ascii: "."), index + 1 == text.endIndex || Ascii.isSpace(text[index + 1]) {
                // `3:00 p.m.` and `approx. 5` go on; a sentence begins with a capital letter.
                let next = text[(index + 1)...].first { !Ascii.isSpace($0) }
                if next.map({ $0 < UInt8(ascii: "a") || $0 > UInt8(ascii: "z") }) ?? true { break }
            }
            index += 1
        }
        return text[..<index]
    }

    /// The last mathematics between delimiters.
    static func lastMathematics(in solution: [UInt8]) -> ArraySlice<UInt8>? {
        var last: ArraySlice<UInt8>?
        var rest = solution[...]
        // What is not closed behind one place is not closed behind a later one.
        var open = delimiters
        while let start = rest.firstIndex(where: { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "\\") }) {
            rest = rest[start...]
            // `\$` is money.
            if rest.starts(with: Array("\\$".utf8)) {
                rest = rest.dropFirst(2)
            } else if let index = open.firstIndex(where: { rest.starts(with: $0.opening) }) {
                let inner = rest.dropFirst(open[index].opening.count)
                if let end = firstPlace(of: open[index].closing, in: inner) {
                    if end > inner.startIndex { last = inner[..<end] }
                    rest = solution[(end + open[index].closing.count)...]
                } else {
                    open.remove(at: index)
                }
            } else {
                rest = rest.dropFirst()
            }
        }
        return last
    }

    /// The last run of digits, with its sign, its points and its commas.
    static func lastNumber(in solution: [UInt8]) -> ArraySlice<UInt8>? {
        guard let last = solution.lastIndex(where: Ascii.isDigit) else { return nil }
        var start = last
        while start > 0, Ascii.isDigit(solution[start - 1]) || ",./".utf8.contains(solution[start - 1]) { start -= 1 }
        while ",./".utf8.contains(solution[start]),
            !(solution[start] == UInt8(ascii: ".") && Ascii.isDigit(solution[start + 1]))
        {
            start += 1
        }
        let isSigned =
            start > 0 && solution[start - 1] == UInt8(ascii: "-")
            && (start == 1 || !(Ascii.isDigit(solution[start - 2]) || Ascii.isLetter(solution[start - 2])))
        let isPercentage = last + 1 < solution.count && solution[last + 1] == UInt8(ascii: "%")
        return solution[(isSigned ? start - 1 : start)...(isPercentage ? last + 1 : last)]
    }

    // MARK: Searching

    private static func lastPlace(of pattern: [UInt8], in text: [UInt8]) -> Int? {
        lastPlace(of: pattern, in: text[...])
    }

    private static func lastPlace(of pattern: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        var place = text.endIndex - pattern.count
        while place >= text.startIndex {
            if text[place] == pattern[0], text[place..<(place + pattern.count)].elementsEqual(pattern) { return place }
            place -= 1
        }
        return nil
    }

    private static func firstPlace(of pattern: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        var place = text.startIndex
        while place + pattern.count <= text.endIndex {
            if text[place] == pattern[0], text[place..<(place + pattern.count)].elementsEqual(pattern) { return place }
            place += 1
        }
        return nil
    }

    private static let marks = Array("####".utf8)
    private static let box = Array("\\boxed".utf8)
    private static let answer = Array("answer".utf8)
    private static let dollar = Array("$".utf8)
    private static let verbs = [
        "are", "is equal to", "is therefore", "is thus", "is", "would be", "will be", "should be", "must be", "was",
        "equals",
    ]
    .map { Array($0.utf8) }
    private static let delimiters = [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")]
        .map { (opening: Array($0.0.utf8), closing: Array($0.1.utf8)) }
    /// How many places are looked at, from the last one on.
    private static let attempts = 16
}
