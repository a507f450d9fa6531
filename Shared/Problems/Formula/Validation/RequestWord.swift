import Mathematics

/// A word of a request, as the rules read it.
enum RequestWord: Hashable {
    /// A word in small letters.
    case word(String)
    /// A number.
    case number(Rational)
    /// What stands in quotation marks.
    case quoted(String)

    /// Divides a request; marks between words say nothing.
    static func all(in request: String) -> [RequestWord] {
        var words: [RequestWord] = []
        for (index, part) in request.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
            if index % 2 == 1 {
                words.append(.quoted(String(part)))
                continue
            }
            for word in part.split(whereSeparator: { $0 == " " || $0 == "," || $0 == ";" }) {
                let bare = word.last.map { ".?!:".contains($0) } == true ? word.dropLast() : word
                guard !bare.isEmpty else { continue }
                words.append(Rational(decimal: bare).map { .number($0) } ?? .word(bare.lowercased()))
            }
        }
        return words
    }
}
