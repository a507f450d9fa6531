/// Takes the new question out of a model's reply.
enum NewQuestion {
    /// The first paragraph that is more than a label or an announcement, as one line, without labels, emphasis and quotation marks.
    ///
    /// - Parameters:
    ///   - reply: what the model wrote, of any form.
    ///   - parent: the question that was to be changed.
    ///   - mostCharacters: the longest question, in characters of Unicode.
    /// - Throws: `Refusal` of kind `unreadable` if there is none, or it is none to go on with.
    static func read(_ reply: String, parent: String, mostCharacters: Int) throws(Refusal) -> String {
        guard let question = paragraphs(of: withoutThoughts(reply)).lazy.compactMap(content).first else {
            throw .emptyReply
        }
        guard !question.unicodeScalars.contains(where: isDamage) else { throw .damagedText }
        let count = question.unicodeScalars.count
        guard count <= mostCharacters else { throw .tooLong(characters: count, limit: mostCharacters) }
        guard QuestionWords(question).text != QuestionWords(parent).text else { throw .sameAsParent }
        guard asks(question) else { throw .noQuestion(question) }
        return question
    }

    // MARK: Finding it

    /// What stands behind the thoughts that some models write first; nothing if they do not end.
    private static func withoutThoughts(_ reply: String) -> Substring {
        if let end = reply.ranges(of: "</think>").last { return reply[end.upperBound...] }
        return reply.contains("<think>") ? "" : reply[...]
    }

    /// The lines between empty ones.
    private static func paragraphs(of text: Substring) -> [[Substring]] {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        return lines.split { $0.allSatisfy(\.isWhitespace) }.map(Array.init)
    }

    /// What a paragraph says; nil if it only announces something. It ends before a line with a label, where an answer or the next
    /// problem begins.
    private static func content(of paragraph: [Substring]) -> String? {
        var lines: [Substring] = []
        for line in paragraph {
            let (label, rest) = labelled(line)
            if label != nil, !lines.isEmpty { break }
            // What is labelled as something else than a question is none.
            if let label, !isOfQuestion(label) { return nil }
            if rest.contains(where: { $0.isLetter || $0.isNumber }) { lines.append(rest) }
        }
        let text = lines.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let bare = unquoted(text)
        return bare.isEmpty || bare.hasSuffix(":") ? nil : bare
    }

    // MARK: Labels and quotation marks

    private static let questionLabels: Set<String> = ["question", "problem", "q"]
    private static let otherLabels: Set<String> = ["answer", "solution", "a", "explanation", "note", "hint"]

    private static func isOfQuestion(_ label: String) -> Bool { questionLabels.contains(label) }

    /// The label at the beginning of a line, such as the last word of `**Here is the new question:**` or of `### New problem`, and the
    /// line without it.
    private static func labelled(_ line: Substring) -> (label: String?, rest: Substring) {
        let bare = withoutBullet(line)
        let colon = bare.firstIndex(of: ":")
        let words = bare[..<(colon ?? bare.endIndex)].lowercased().split { !$0.isLetter }
        guard let last = words.last.map(String.init) else { return (nil, undressed(bare)) }
        guard let colon else {
            let isHeading = questionLabels.contains(last) && words.count <= 3 && !bare.contains { "?？.".contains($0) }
            return isHeading ? (last, "") : (nil, undressed(bare))
        }
        let isLabel =
            questionLabels.contains(last) && words.count <= 8 || otherLabels.contains(last) && words.count <= 3
        return isLabel ? (last, undressed(bare[bare.index(after: colon)...])) : (nil, undressed(bare))
    }

    /// A line without the marks of a list, a heading or a quotation before it.
    private static func withoutBullet(_ line: Substring) -> Substring {
        let bare = line.drop { $0.isWhitespace || "*#_>•".contains($0) }
        // A minus belongs to what follows it, and so does a number that is not numbering.
        let mark = bare.first == "-" ? bare.prefix(1) : bare.prefix { $0.isNumber }
        let rest = bare[mark.endIndex...]
        if mark == "-", rest.first == " " { return rest.dropFirst() }
        if !mark.isEmpty, mark != "-", rest.hasPrefix(". ") || rest.hasPrefix(") ") { return rest.dropFirst(2) }
        return bare
    }

    /// A line without blanks and emphasis around it.
    private static func undressed(_ line: Substring) -> Substring {
        var rest = line.drop { $0.isWhitespace || "*_".contains($0) }
        while let last = rest.last, last.isWhitespace || "*_".contains(last) { rest.removeLast() }
        return rest
    }

    /// A text without the quotation marks around all of it.
    private static func unquoted(_ text: String) -> String {
        for (opening, closing) in ["\"\"", "“”", "‘’", "''", "``", "«»", "„“"].map({ ($0.first, $0.last) }) {
            guard text.count > 1, text.first == opening, text.last == closing else { continue }
            let inside = text.dropFirst().dropLast()
            if !inside.contains(where: { $0 == opening || $0 == closing }) { return String(inside) }
        }
        return text
    }

    // MARK: Refusing

    /// Control characters, and the mark of bytes that were no UTF-8.
    private static func isDamage(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || scalar == "\u{FFFD}"
    }

    private static let requests: Set<String> = [
        "calculate", "compute", "determine", "evaluate", "express", "factor", "find", "give", "simplify", "solve",
        "state",
    ]

    /// Whether something is asked: by a question mark, or by a sentence that begins with a request.
    private static func asks(_ text: String) -> Bool {
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return false }
        if text.contains(where: { "?？".contains($0) }) { return true }
        return text.lowercased().split { ".!;,".contains($0) }.contains { sentence in
            sentence.split { !$0.isLetter }.first.map { requests.contains(String($0)) } ?? false
        }
    }
}
