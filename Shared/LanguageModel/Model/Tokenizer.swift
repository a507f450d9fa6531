/// Turns text into tokens and back: one token a byte, and special tokens that no byte makes.
///
/// The vocabulary is the file's: every token has a spelling (its bytes) and special tokens are known by id.
public struct Tokenizer: Hashable, Sendable {
    /// Each token's bytes; a special token's are its spelling, such as `<|endoftext|>`.
    let spellings: [[UInt8]]
    /// The ids of the special tokens, ascending.
    let specialTokens: [Token]
    /// The token that ends a solution.
    public let endOfSequence: Token
    /// The token of each byte.
    private let tokenOfByte: [Token]

    /// The tokenizer of the tiny models: token b is byte b, and token 256 is `<|endoftext|>`.
    public static let bytes = Tokenizer(
        checkedSpellings: (0..<256).map { [UInt8($0)] } + [Array("<|endoftext|>".utf8)], specialTokens: [256],
        endOfSequence: 256, tokenOfByte: (0..<256).map(Token.init))

    /// The tokenizer `bytes`, filled up with special tokens that nothing means: for measuring models of that many tokens.
    ///
    /// - Parameter vocabularySize: 257 or more.
    public static func bytes(filledUpTo vocabularySize: Int) -> Tokenizer {
        precondition(vocabularySize >= 257, "a vocabulary of \(vocabularySize) tokens")
        let unused = 257..<Token(vocabularySize)
        return Tokenizer(
            checkedSpellings: bytes.spellings + unused.map { Array("<|unused-\($0)|>".utf8) },
            specialTokens: [256] + unused, endOfSequence: 256, tokenOfByte: bytes.tokenOfByte)
    }

    private init(checkedSpellings: [[UInt8]], specialTokens: [Token], endOfSequence: Token, tokenOfByte: [Token]) {
        spellings = checkedSpellings
        self.specialTokens = specialTokens
        self.endOfSequence = endOfSequence
        self.tokenOfByte = tokenOfByte
    }

    /// A vocabulary in which every byte is one token.
    ///
    /// - Throws: `unsupportedModel` when a byte has no token or several, or when the end-of-sequence id names no token.
    init(spellings: [[UInt8]], specialTokens: [Token], endOfSequence: Token) throws(LanguageModelError) {
        guard spellings.indices.contains(Int(endOfSequence)) else {
            throw LanguageModelError(
                .unsupportedModel,
                "The end-of-sequence token must be one of the \(spellings.count) tokens; it is \(endOfSequence).")
        }
        let special = Set(specialTokens)
        var tokenOfByte = [Token?](repeating: nil, count: 256)
        for (id, spelling) in spellings.enumerated() where !special.contains(Token(id)) {
            guard spelling.count == 1, tokenOfByte[Int(spelling[0])] == nil else {
                throw LanguageModelError(
                    .unsupportedModel,
                    "Only byte-level vocabularies are supported: every ordinary token must be one byte of its own; "
                        + "token \(id) has \(spelling.count) bytes or repeats a byte.")
            }
            tokenOfByte[Int(spelling[0])] = Token(id)
        }
        let known = tokenOfByte.compactMap(\.self)
        guard known.count == 256 else {
            throw LanguageModelError(
                .unsupportedModel,
                "A byte-level vocabulary must have a token for each of 256 bytes; it has \(known.count).")
        }
        self.init(
            checkedSpellings: spellings, specialTokens: specialTokens.sorted(), endOfSequence: endOfSequence,
            tokenOfByte: known)
    }

    /// The number of tokens, special ones included.
    public var vocabularySize: Int { spellings.count }

    /// The text's tokens; nothing is added before or after.
    ///
    /// - Parameter parsesSpecialTokens: whether the spelling of a special token becomes that token (the longest first)
    ///   and not its bytes. Pass false for text that comes from outside.
    public func encode(_ text: String, parsesSpecialTokens: Bool) -> [Token] {
        encode(Array(text.utf8), parsesSpecialTokens: parsesSpecialTokens)
    }

    /// The bytes' tokens; as for text.
    public func encode(_ bytes: [UInt8], parsesSpecialTokens: Bool) -> [Token] {
        guard parsesSpecialTokens, !specialTokens.isEmpty else { return bytes.map { tokenOfByte[Int($0)] } }
        let candidates = specialTokens.filter { !spellings[Int($0)].isEmpty }
            .sorted { spellings[Int($0)].count > spellings[Int($1)].count }
        var tokens: [Token] = []
        var rest = bytes[...]
        while let byte = rest.first {
            if let special = candidates.first(where: { rest.starts(with: spellings[Int($0)]) }) {
                tokens.append(special)
                rest = rest.dropFirst(spellings[Int(special)].count)
            } else {
                tokens.append(tokenOfByte[Int(byte)])
                rest = rest.dropFirst()
            }
        }
        return tokens
    }

    /// The token's bytes; a special token's spelling. Empty for an id that names no token.
    public func bytes(of token: Token) -> [UInt8] {
        spellings.indices.contains(Int(token)) ? spellings[Int(token)] : []
    }

    /// Whether the token is one that no byte of text makes.
    public func isSpecial(_ token: Token) -> Bool { specialTokens.contains(token) }

    /// The tokens' text without special tokens; bytes that are not UTF-8 become U+FFFD.
    public func decode(_ tokens: some Sequence<Token>) -> String {
        String(decoding: decodedBytes(tokens), as: UTF8.self)
    }

    /// The tokens' bytes without special tokens.
    public func decodedBytes(_ tokens: some Sequence<Token>) -> [UInt8] {
        tokens.flatMap { isSpecial($0) ? [] : bytes(of: $0) }
    }
}
