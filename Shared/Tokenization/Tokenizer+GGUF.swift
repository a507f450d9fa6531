public import ModelFiles

extension Tokenizer {
    /// The tokenizer of a GGUF file's metadata, whose other keys are not looked at.
    ///
    /// - Throws: `malformed` naming the key, or `unsupported` for another kind of vocabulary, pre-tokenizer or chat
    ///   template.
    public init(gguf metadata: [String: GGUFValue]) throws(TokenizationError) {
        guard let model = metadata[Self.key("model")]?.string, model == "gpt2" else {
            throw TokenizationError(
                .unsupported,
                "The key \(Self.key("model")) must be gpt2 (byte-level byte-pair encoding); it "
                    + (metadata[Self.key("model")].map { "is \($0.shown)." } ?? "is missing."))
        }
        guard let pre = metadata[Self.key("pre")]?.string else {
            throw TokenizationError(
                .unsupported, "The key \(Self.key("pre")) must be one of \(PreTokenizer.supported); it is missing.")
        }
        let preTokenizer = try PreTokenizer(named: pre)
        let (spellings, kinds) = try Self.tokens(metadata)
        try self.init(
            vocabulary: Vocabulary(spellings: spellings, kinds: kinds, merges: Self.merges(metadata)),
            preTokenizer: preTokenizer,
            settings: metadata.filter { $0.key.hasPrefix("tokenizer.") && !Self.writtenKeys.contains($0.key) })
    }

    /// All `tokenizer.` keys of a file that llama.cpp reads as this tokenizer.
    public var ggufMetadata: [(key: String, value: GGUFValue)] {
        let texts = zip(vocabulary.spellings, vocabulary.kinds).map { spelling, kind in
            GGUFValue.string(kind.isOrdinary ? ByteAlphabet.text(spelling) : String(decoding: spelling, as: UTF8.self))
        }
        let merges = vocabulary.merges.map { merge in
            GGUFValue.string([merge.left, merge.right].map { ByteAlphabet.text(bytes(of: $0)) }.joined(separator: " "))
        }
        let values: [GGUFValue] = [
            .string("gpt2"), .string(preTokenizer.rawValue), .array(.string, texts),
            .array(.int32, vocabulary.kinds.map { .int32(Int32($0.rawValue)) }), .array(.string, merges),
        ]
        // Ids first, each kind by name.
        let others = settings.sorted {
            ($0.key.hasSuffix("_id") ? 0 : 1, $0.key) < ($1.key.hasSuffix("_id") ? 0 : 1, $1.key)
        }
        return zip(Self.writtenKeys, values).map { ($0, $1) } + others.map { ($0.key, $0.value) }
    }

    /// The keys that the vocabulary and the pre-tokenizer are written to.
    private static let writtenKeys = ["model", "pre", "tokens", "token_type", "merges"].map(key)

    private static func tokens(_ metadata: [String: GGUFValue]) throws(TokenizationError) -> ([[UInt8]], [TokenKind]) {
        guard let tokens = metadata[key("tokens")]?.elements else {
            throw TokenizationError(.malformed, "The key \(key("tokens")) must be an array; it is missing.")
        }
        let types = metadata[key("token_type")]?.elements
        guard metadata[key("token_type")] == nil || types?.count == tokens.count else {
            throw TokenizationError(
                .malformed,
                "The key \(key("token_type")) must have one entry a token, \(tokens.count); it has \(types?.count ?? 0)."
            )
        }
        var (spellings, kinds): ([[UInt8]], [TokenKind]) = ([], [])
        spellings.reserveCapacity(tokens.count)
        for (id, value) in tokens.enumerated() {
            guard let text = value.string else {
                throw TokenizationError(
                    .malformed, "The key \(key("tokens")) must hold strings; token \(id) is \(value.shown).")
            }
            var kind = TokenKind.normal
            if let type = types?[id] {
                guard let known = type.integer.flatMap(UInt8.init(exactly:)).flatMap(TokenKind.init) else {
                    throw TokenizationError(
                        .malformed,
                        "The key \(key("token_type")) must hold 1 to 6; for token \(id) it is \(type.shown).")
                }
                kind = known
            }
            spellings.append(try spelling(text, kind, of: "token \(id)"))
            kinds.append(kind)
        }
        return (spellings, kinds)
    }

    private static func merges(_ metadata: [String: GGUFValue]) throws(TokenizationError)
        -> [(left: [UInt8], right: [UInt8])]
    {
        guard let value = metadata[key("merges")] else { return [] }
        guard let merges = value.elements else {
            throw TokenizationError(.malformed, "The key \(key("merges")) must be an array; it is \(value.shown).")
        }
        var pairs: [(left: [UInt8], right: [UInt8])] = []
        pairs.reserveCapacity(merges.count)
        for (rank, value) in merges.enumerated() {
            guard let text = value.string else {
                throw TokenizationError(
                    .malformed, "The key \(key("merges")) must hold strings; merge \(rank) is \(value.shown).")
            }
            pairs.append(try pair(text, "merge \(rank)"))
        }
        return pairs
    }

    /// The bytes that a token's text stands for.
    static func spelling(_ text: String, _ kind: TokenKind, of name: String) throws(TokenizationError) -> [UInt8] {
        guard !text.isEmpty else {
            throw TokenizationError(.malformed, "A token's spelling must have a character; that of \(name) is empty.")
        }
        guard kind.isOrdinary else { return Array(text.utf8) }
        guard let bytes = ByteAlphabet.bytes(text) else {
            throw TokenizationError(
                .malformed, "An ordinary token must be spelled in GPT-2's byte alphabet; \(name) is not.")
        }
        return bytes
    }

    /// The two parts of a merge that is written as one text.
    static func pair(_ text: String, _ name: String) throws(TokenizationError) -> (left: [UInt8], right: [UInt8]) {
        let parts = text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw TokenizationError(.malformed, "A merge must be two tokens with a space between; \(name) is not.")
        }
        return (
            try spelling(String(parts[0]) ?? "", .normal, of: name),
            try spelling(String(parts[1]) ?? "", .normal, of: name)
        )
    }
}

extension GGUFValue {
    /// The value for a message: numbers as they are, short texts, and the type of everything else.
    var shown: String {
        if let integer { return String(integer) }
        if let number { return String(number) }
        if let string { return string.utf8.count <= 64 ? string : "a string of \(string.utf8.count) bytes" }
        return "of type \(type)"
    }
}
