import ModelFiles

/// Turns text into tokens and back: byte-level byte-pair encoding, and special tokens that no text makes.
///
/// The vocabulary, the merges and the way in which text is cut into pieces are the file's. A vocabulary without merges
/// is one token a byte.
public struct Tokenizer: Hashable, Sendable {
    let vocabulary: Vocabulary
    /// How text is cut before merging.
    public let preTokenizer: PreTokenizer
    /// The file's other `tokenizer.` keys, as they are written again.
    let settings: [String: GGUFValue]
    /// The token that ends a solution.
    public let endOfSequence: Token
    /// The token before everything; nil when the file asks for none there.
    let beginOfSequence: Token?
    /// How a question is put to the model; nil for a model that completes plain text.
    public let chatTemplate: ChatTemplate?
    /// All tokens after which nothing follows.
    private let endTokens: Set<Token>

    /// Joins the parts of a file; `settings` are by the keys of GGUF.
    ///
    /// - Throws: `malformed` naming the key, or `unsupported` for a chat template that is not known.
    init(vocabulary: Vocabulary, preTokenizer: PreTokenizer, settings: [String: GGUFValue]) throws(TokenizationError) {
        self.vocabulary = vocabulary
        self.preTokenizer = preTokenizer
        self.settings = settings
        let count = vocabulary.spellings.count
        var ids: [String: Token] = [:]
        for (key, value) in settings where key.hasSuffix("_token_id") {
            guard let id = value.integer, id >= 0, id < count else {
                throw TokenizationError(
                    .malformed, "The key \(key) must be one of the \(count) tokens' ids; it is \(value.shown).")
            }
            ids[key] = Token(id)
        }
        guard let end = ids[Self.key("eos_token_id")] else {
            throw TokenizationError(
                .malformed, "The key \(Self.key("eos_token_id")) must be a token's id; it is missing.")
        }
        let addsBegin = settings[Self.key("add_bos_token")].map { $0 == .bool(true) } ?? (preTokenizer == .llama3)
        let begin = ids[Self.key("bos_token_id")]
        guard begin != nil || !addsBegin else {
            throw TokenizationError(
                .malformed,
                "The key \(Self.key("bos_token_id")) must be a token's id where one is added to text; it is missing.")
        }
        endOfSequence = end
        beginOfSequence = addsBegin ? begin : nil
        chatTemplate = try settings[Self.chatTemplateKey].map { value throws(TokenizationError) in
            guard let source = value.string else {
                throw TokenizationError(.malformed, "The key \(Self.chatTemplateKey) must be a string; it is not.")
            }
            return try ChatTemplate(source: source, beginning: begin.map { vocabulary.spellings[Int($0)] } ?? [])
        }
        let endings = Set(Self.endings.map { Array($0.utf8) })
        endTokens = Set(
            zip(vocabulary.spellings, vocabulary.kinds).enumerated()
                .filter { $0.element.1.isSpecial && endings.contains($0.element.0) }.map { Token($0.offset) }
                + ["eos_token_id", "eot_token_id", "eom_token_id"].compactMap { ids[Self.key($0)] })
        try checkChatTemplate()
    }

    /// The spellings of special tokens that end a turn or a text in the supported families.
    private static let endings = [
        "<|endoftext|>", "<|end_of_text|>", "<|im_end|>", "<|eot_id|>", "<|eom_id|>",
    ]
    static let chatTemplateKey = "tokenizer.chat_template"
    static func key(_ name: String) -> String { "tokenizer.ggml.\(name)" }

    /// The number of tokens, special ones included.
    public var vocabularySize: Int { vocabulary.spellings.count }

    /// The token's bytes; a special token's spelling. Empty for an id that names no token.
    public func bytes(of token: Token) -> [UInt8] {
        vocabulary.spellings.indices.contains(Int(token)) ? vocabulary.spellings[Int(token)] : []
    }

    /// Whether the token is one that no byte of text makes.
    public func isSpecial(_ token: Token) -> Bool {
        vocabulary.kinds.indices.contains(Int(token)) && vocabulary.kinds[Int(token)].isSpecial
    }

    /// Whether nothing follows the token: the end of the sequence, or of a turn in families that tell them apart.
    public func isEnd(_ token: Token) -> Bool { endTokens.contains(token) }

    /// The tokens' text without special tokens; bytes that are not UTF-8 become U+FFFD.
    public func decode(_ tokens: some Sequence<Token>) -> String {
        String(decoding: decodedBytes(tokens), as: UTF8.self)
    }

    /// The tokens' bytes without special tokens.
    public func decodedBytes(_ tokens: some Sequence<Token>) -> [UInt8] {
        tokens.flatMap { isSpecial($0) ? [] : bytes(of: $0) }
    }
}
