import ModelFiles

extension Tokenizer {
    /// The tokenizer of a Hugging Face folder's tokenizer.json and tokenizer_config.json.
    ///
    /// - Parameters:
    ///   - configJSON: names the special tokens and holds the chat template; without it no token is known to end a
    ///     text, which is an error.
    ///   - chatTemplate: the text of the folder's chat_template.jinja, which newer folders have; it comes before the
    ///     one in `configJSON`.
    ///   - vocabularySize: the model's, where it is known: ids below it that no token has become unused tokens, which
    ///     nothing means, for many models have rows to spare. Without it no id may be left out.
    /// - Throws: `malformed` naming the field, or `unsupported` for another kind of model, pre-tokenizer, normalizer,
    ///   post-processor or chat template.
    public init(
        tokenizerJSON: [UInt8], configJSON: [UInt8]?, chatTemplate: String? = nil, filledUpTo vocabularySize: Int? = nil
    ) throws(TokenizationError) {
        let file = try HuggingFaceTokenizer(JSONField(tokenizerJSON, file: "tokenizer.json"))
        let config = try HuggingFaceConfiguration(
            JSONField(configJSON ?? Array("{}".utf8), file: "tokenizer_config.json"))
        let preTokenizer = try PreTokenizer(file.preTokenizer, normalizer: file.normalizer)
        let vocabulary = try Self.vocabulary(file, vocabularySize)
        try Self.check(file.model, vocabulary, preTokenizer)
        var settings: [String: GGUFValue] = [Self.key("add_space_prefix"): .bool(false)]
        for (field, key, token) in [
            ("bos_token", "bos_token_id", config.beginning), ("eos_token", "eos_token_id", config.end),
            ("unk_token", "unknown_token_id", config.unknown), ("pad_token", "padding_token_id", config.padding),
        ] {
            guard let token else { continue }
            let spelling = Array(token.utf8)
            guard let found = vocabulary.parsed.longest(at: 0, spelling.count, in: spelling),
                found.end == spelling.count
            else {
                throw TokenizationError(
                    .malformed,
                    "The field \(field) of tokenizer_config.json must be one of tokenizer.json's added_tokens; it is "
                        + "\"\(GGUFValue.string(token).shown)\".")
            }
            settings[Self.key(key)] = .uint32(UInt32(found.token))
        }
        guard settings[Self.key("eos_token_id")] != nil else {
            throw TokenizationError(
                .malformed, "The field eos_token of tokenizer_config.json must name a token; it is missing.")
        }
        let addsBeginning = try Self.addsBeginning(file.postProcessor, config.beginning)
        settings[Self.key("add_bos_token")] = .bool(addsBeginning || config.addsBeginning == true)
        if let template = chatTemplate ?? config.chatTemplate {
            settings[Self.chatTemplateKey] = .string(template)
        }
        try self.init(vocabulary: vocabulary, preTokenizer: preTokenizer, settings: settings)
    }

    private static func vocabulary(_ file: HuggingFaceTokenizer, _ vocabularySize: Int?) throws(TokenizationError)
        -> Vocabulary
    {
        var texts: [(text: String, kind: TokenKind)?] = []
        // An added token may stand in the vocabulary, too, under the same id.
        let added = Set(file.addedTokens.map(\.id))
        let ids = added.union(file.model.vocab.map(\.id))
        let count = vocabularySize ?? ids.count
        guard ids.allSatisfy({ (0..<count).contains($0) }) else {
            let reason = vocabularySize == nil ? "there are \(count)" : "the model's vocabulary has \(count)"
            throw TokenizationError(
                .malformed,
                "The ids in model.vocab and added_tokens of tokenizer.json must be 0 to \(count - 1), for \(reason); "
                    + "of its \(ids.count) the greatest is \(ids.max() ?? 0) and the least \(ids.min() ?? 0).")
        }
        texts = Array(repeating: nil, count: count)
        for token in file.addedTokens {
            guard token.singleWord != true, token.stripsLeft != true, token.stripsRight != true else {
                throw TokenizationError(
                    .unsupported,
                    "The fields single_word, lstrip and rstrip of added_tokens in tokenizer.json must be false; one of "
                        + "token \(token.id) is true.")
            }
            guard texts[token.id] == nil else {
                throw TokenizationError(
                    .malformed, "An id in added_tokens of tokenizer.json must occur once; \(token.id) occurs twice.")
            }
            texts[token.id] = (token.content, token.special == true ? .control : .userDefined)
        }
        for (text, id) in file.model.vocab where texts[id]?.text != text {
            guard texts[id] == nil else {
                throw TokenizationError(
                    .malformed, "An id in model.vocab of tokenizer.json must belong to one token; \(id) has two.")
            }
            texts[id] = (text, .normal)
        }
        var (spellings, kinds): ([[UInt8]], [TokenKind]) = ([], [])
        for (id, token) in texts.enumerated() {
            let token = token ?? ("<|unused-\(id)|>", .unused)
            spellings.append(try spelling(token.text, token.kind, of: "token \(id)"))
            kinds.append(token.kind)
        }
        var pairs: [(left: [UInt8], right: [UInt8])] = []
        for (rank, merge) in file.model.merges.enumerated() {
            switch merge {
            case .text(let text): pairs.append(try pair(text, "merge \(rank)"))
            case .pair(let parts):
                guard parts.count == 2 else {
                    throw TokenizationError(
                        .malformed, "A merge must be two tokens; merge \(rank) of tokenizer.json has \(parts.count).")
                }
                pairs.append(
                    (
                        try spelling(parts[0], .normal, of: "merge \(rank)"),
                        try spelling(parts[1], .normal, of: "merge \(rank)")
                    ))
            }
        }
        return try Vocabulary(spellings: spellings, kinds: kinds, merges: pairs)
    }

    /// Refuses what the model's fields ask for beyond byte-level byte-pair encoding.
    private static func check(
        _ model: HuggingFaceTokenizer.Model, _ vocabulary: Vocabulary, _ preTokenizer: PreTokenizer
    ) throws(TokenizationError) {
        func require(_ holds: Bool, _ field: String, _ rule: String) throws(TokenizationError) {
            guard !holds else { return }
            throw TokenizationError(.unsupported, "The field model.\(field) of tokenizer.json must be \(rule).")
        }
        try require(model.type ?? "BPE" == "BPE", "type", "BPE; it is \(GGUFValue.string(model.type ?? "").shown)")
        try require(model.dropout ?? 0 == 0, "dropout", "null; it is \(model.dropout ?? 0)")
        try require(model.subwordPrefix ?? "" == "", "continuing_subword_prefix", "empty or null")
        try require(model.wordSuffix ?? "" == "", "end_of_word_suffix", "empty or null")
        try require(model.byteFallback != true, "byte_fallback", "false")
        try require(
            model.unknownToken == nil || !vocabulary.tokenOfByte.contains(-1), "unk_token",
            "null where some byte has no token")
        try require(
            (model.ignoreMerges ?? false) == preTokenizer.takesWholePieces, "ignore_merges",
            "\(preTokenizer.takesWholePieces) for the pre-tokenizer \(preTokenizer.rawValue)")
    }

    /// Whether the post-processor puts the token for the beginning before a text.
    private static func addsBeginning(_ processor: HuggingFaceTokenizer.Step?, _ beginning: String?)
        throws(TokenizationError) -> Bool
    {
        let steps = processor?.unrolled ?? []
        var adds = false
        for step in steps where step.type != "ByteLevel" {
            let pieces = step.single
            let special = pieces.compactMap(\.special)
            guard step.type == "TemplateProcessing", pieces.last?.isText == true, pieces.count == special.count + 1,
                special.isEmpty || (special.count == 1 && special.first == beginning && !adds)
            else {
                throw TokenizationError(
                    .unsupported,
                    "The field post_processor of tokenizer.json must be null, ByteLevel, or put no more than bos_token "
                        + "before a text; it is \(step.type).")
            }
            adds = adds || !special.isEmpty
        }
        return adds
    }
}
