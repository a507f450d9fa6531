extension Tokenizer {
    /// A part of some text: a token that stands in it, or bytes to be cut and merged.
    private enum Section {
        case token(Token)
        case text(Range<Int>)
    }

    /// The text's tokens; nothing is added before or after.
    ///
    /// - Parameter parsesSpecialTokens: whether the spelling of a special token becomes that token (the longest first)
    ///   and not its bytes. Pass false for text that comes from outside. A vocabulary's user-defined tokens, which are
    ///   not special, are always taken whole.
    public func encode(_ text: String, parsesSpecialTokens: Bool) -> [Token] {
        encode(Array(text.utf8), parsesSpecialTokens: parsesSpecialTokens)
    }

    /// The bytes' tokens; as for text. Bytes that are not UTF-8 are kept: each is a character of its own when the bytes
    /// are cut into pieces.
    ///
    /// Two things do not come back from decoding: a byte for which the vocabulary has no token, and, with `qwen2`, text
    /// that is not in normalization form C.
    public func encode(_ bytes: [UInt8], parsesSpecialTokens: Bool) -> [Token] {
        var tokens: [Token] = []
        tokens.reserveCapacity(bytes.count / 3)
        var merger = PieceMerger(vocabulary)
        for section in sections(of: bytes, parsesSpecialTokens: parsesSpecialTokens) {
            switch section {
            case .token(let token): tokens.append(token)
            case .text(let range): append(range, of: bytes, with: &merger, to: &tokens)
            }
        }
        return tokens
    }

    /// The tokens that ask the model one question.
    ///
    /// With a chat template: its rendering of one user message, with the family's own system message where the template
    /// has one, and the opening of the assistant's turn. Without one: the question and a line break, after the token
    /// for the beginning where the file asks for it. The question's own text never becomes a special token.
    public func prompt(for question: String) -> [Token] {
        guard let chatTemplate else {
            return (beginOfSequence.map { [$0] } ?? []) + encode(question + "\n", parsesSpecialTokens: false)
        }
        // Text on both sides of the question belongs to the same pieces, so only special tokens of the template cut it.
        var tokens: [Token] = []
        var text: [UInt8] = []
        func flush() {
            tokens += encode(text, parsesSpecialTokens: false)
            text = []
        }
        func append(_ bytes: [UInt8]) {
            for section in sections(of: bytes, parsesSpecialTokens: true) {
                switch section {
                case .text(let range): text += bytes[range]
                case .token(let token):
                    flush()
                    tokens.append(token)
                }
            }
        }
        append(chatTemplate.opening)
        text += chatTemplate.content(question).utf8
        append(chatTemplate.closing)
        flush()
        return tokens
    }

    /// - Throws: `malformed` when the template's structure is not spelled in special tokens.
    func checkChatTemplate() throws(TokenizationError) {
        for spelling in chatTemplate?.structure ?? [] {
            let bytes = Array(spelling.utf8)
            guard let found = vocabulary.parsed.longest(at: 0, bytes.count, in: bytes), found.end == bytes.count,
                isSpecial(found.token)
            else {
                throw TokenizationError(
                    .malformed,
                    "The file's chat template needs the special token \(spelling); the vocabulary has none of that name."
                )
            }
        }
    }

    private func sections(of bytes: [UInt8], parsesSpecialTokens: Bool) -> [Section] {
        let spellings = parsesSpecialTokens ? vocabulary.parsed : vocabulary.userDefined
        guard !spellings.isEmpty else { return [.text(bytes.indices)] }
        var sections: [Section] = []
        var (start, position) = (0, 0)
        while position < bytes.count {
            guard let found = spellings.longest(at: position, bytes.count, in: bytes) else {
                position += 1
                continue
            }
            if start < position { sections.append(.text(start..<position)) }
            sections.append(.token(found.token))
            position = found.end
            start = position
        }
        if start < bytes.count { sections.append(.text(start..<bytes.count)) }
        return sections
    }

    private func append(
        _ range: Range<Int>, of bytes: [UInt8], with merger: inout PieceMerger, to tokens: inout [Token]
    ) {
        if preTokenizer.normalizes, let normal = Normalization.composed(bytes[range]) {
            cut(0..<normal.count, of: normal, with: &merger, to: &tokens)
        } else {
            cut(range, of: bytes, with: &merger, to: &tokens)
        }
    }

    private func cut(_ range: Range<Int>, of bytes: [UInt8], with merger: inout PieceMerger, to tokens: inout [Token]) {
        var start = range.lowerBound
        while start < range.upperBound {
            let end = preTokenizer.pieceEnd(start, range.upperBound, in: bytes)
            if preTokenizer.takesWholePieces, let token = vocabulary.ordinaryTokens[Array(bytes[start..<end])] {
                tokens.append(token)
            } else {
                merger.append(start..<end, of: bytes, to: &tokens)
            }
            start = end
        }
    }
}
