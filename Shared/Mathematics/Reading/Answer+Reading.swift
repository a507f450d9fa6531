extension Answer {
    /// Reads an answer without what stands around it.
    ///
    /// - Returns: nil if there is nothing but blanks and punctuation. What cannot be read as mathematics is words.
    /// - Throws: `GradingError` if the text is beyond `Limits`, or holds characters that do not show.
    init?(reading text: some StringProtocol) throws(GradingError) {
        let bytes = Self.trimmed(try AnswerCharacters.spelledOut(text))
        guard !bytes.isEmpty else { return nil }
        if let answer = try Self.mathematics(bytes) {
            self = answer
        } else if let sign = bytes.lastIndex(of: UInt8(ascii: "=")), Self.isName(bytes[..<sign]),
            let answer = try Self.mathematics(Self.trimmed(Array(bytes[(sign + 1)...])))
        {
            // What is on the left has no meaning here: `V_1 : V_2 = 2`.
            self = answer
        } else if let words = Self.words(bytes) {
            self = .words(words)
        } else {
            return nil
        }
    }

    /// Whether what stands before an equals sign can be a name, and is no sentence.
    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let last = bytes.last, !"<>!".utf8.contains(last) else { return false }
        return bytes.count <= 60 && bytes.split(whereSeparator: Ascii.isSpace).count <= 3
    }

    private static func mathematics(_ bytes: ArraySlice<UInt8>) throws(GradingError) -> Answer? {
        guard let lexed = try AnswerLexer.tokens(of: Array(bytes)) else { return nil }
        let tokens = withoutDelimiters(lexed)
        guard !tokens.isEmpty, let brackets = try BracketMap(tokens) else { return nil }
        guard let answer = try read(tokens, brackets, sign: 1) else { return nil }
        guard tokens.contains(where: { $0.token == .command("pm") || $0.token == .command("mp") }) else {
            return answer
        }
        guard let other = try read(tokens, brackets, sign: -1) else { return nil }
        return .list([answer, other])
    }

    private static func read(_ tokens: [PlacedToken], _ brackets: BracketMap, sign: Int) throws(GradingError) -> Answer?
    {
        var reader = AnswerReader(tokens, brackets, sign: sign)
        do {
            return try reader.whole()
        } catch let error as GradingError {
            throw error
        } catch {
            return nil
        }
    }

    /// The tokens without the dollars around LaTeX: of an even number of them none is money, unless it was escaped.
    private static func withoutDelimiters(_ tokens: [PlacedToken]) -> [PlacedToken] {
        guard tokens.count(where: { $0.token == .mark("$") }).isMultiple(of: 2) else { return tokens }
        return tokens.filter { $0.token != .mark("$") }
    }

    /// The text without blanks, marks of emphasis and a sentence's end around it.
    private static func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        var rest = bytes[...]
        while let first = rest.first, Ascii.isSpace(first) || "*`\"'~:.,;_".utf8.contains(first) {
            // A point before a digit begins a decimal.
            if first == UInt8(ascii: "."), rest.dropFirst().first.map(Ascii.isDigit) == true { break }
            rest.removeFirst()
        }
        while let last = rest.last, Ascii.isSpace(last) || "*`\"~:.,;?\\".utf8.contains(last) { rest.removeLast() }
        return rest
    }

    /// Words in one normal form: small letters without blanks, punctuation and commands, so that `3:00 p.m.` is `3:00 PM`. Of a
    /// formula, which is not understood, only blanks and what changes its looks go.
    private static func words(_ bytes: ArraySlice<UInt8>) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        let isFormula = bytes.contains { "^_=+<>|&".utf8.contains($0) }
        let dropped = isFormula ? "$" : "{}$.,;'\"*()[]!?"
        var words = ""
        var rest = text[...]
        // Braces of commands that change only looks go with them.
        var braces: [Bool] = []
        var isOfLooks = false
        while let character = rest.first {
            if character == "\\" {
                rest = rest.dropFirst()
                let name = rest.prefix { $0.isASCII && $0.isLetter }
                // The name of a command that changes only how its text looks says nothing.
                isOfLooks = !name.isEmpty && AnswerLexer.changesLooksOnly(String(name))
                if !name.isEmpty, !AnswerLexer.changesLooksOnly(String(name)) {
                    words += AnswerLexer.synonyms[String(name)] ?? String(name)
                }
                // `\!` and its like are spaces.
                rest = rest.dropFirst(max(1, name.count))
            } else {
                if character == "{", words.last == "_" || words.last == "^", let group = Self.plainGroup(rest) {
                    // `101_{2}` is `101_2`.
                    words += group
                    rest = rest.dropFirst(group.count + 2)
                    continue
                }
                if character == "{" { braces.append(isOfLooks) }
                let goes = character == "{" && isOfLooks || character == "}" && braces.popLast() == true
                if !dropped.contains(character), !goes { words.append(character) }
                isOfLooks = false
                rest = rest.dropFirst()
            }
        }
        let normal = (isFormula ? words : words.lowercased()).filter { !$0.isWhitespace }
        return normal.contains { $0.isLetter || $0.isNumber } ? normal : nil
    }

    /// The letters and digits between the braces that a text begins with, if there is nothing else between them.
    private static func plainGroup(_ text: Substring) -> Substring? {
        let content = text.dropFirst().prefix { $0.isLetter || $0.isNumber }
        return text.dropFirst(1 + content.count).first == "}" ? content : nil
    }
}
