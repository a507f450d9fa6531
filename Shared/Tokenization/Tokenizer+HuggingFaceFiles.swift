import ModelFiles

extension Tokenizer {
    /// The files of a Hugging Face folder that `tokenizers` and `transformers` read as this tokenizer: tokenizer.json
    /// and tokenizer_config.json. Unused tokens are left out, as the files of models with rows to spare leave them out.
    public func huggingFaceFiles() -> [(name: String, bytes: [UInt8])] {
        [
            ("tokenizer.json", huggingFaceTokenizer.bytes),
            ("tokenizer_config.json", huggingFaceConfiguration.bytes),
        ]
    }

    private var huggingFaceTokenizer: JSONValue {
        let tokens = zip(vocabulary.spellings, vocabulary.kinds).enumerated().map { id, token in
            (id: id, text: text(token.0, token.1), kind: token.1)
        }
        let added = tokens.filter { !$0.kind.isOrdinary && $0.kind != .unused }.map { token -> JSONValue in
            [
                "id": .integer(token.id), "content": .string(token.text), "single_word": false, "lstrip": false,
                "rstrip": false, "normalized": false, "special": .bool(token.kind.isSpecial),
            ]
        }
        let merges = vocabulary.merges.map { merge in
            JSONValue.array([merge.left, merge.right].map { .string(ByteAlphabet.text(bytes(of: $0))) })
        }
        let model: JSONValue = [
            "type": "BPE", "dropout": .null, "unk_token": .null, "continuing_subword_prefix": .null,
            "end_of_word_suffix": .null, "fuse_unk": false, "byte_fallback": false,
            "ignore_merges": .bool(preTokenizer.takesWholePieces),
            "vocab": .object(tokens.filter { $0.kind != .unused }.map { JSONMember($0.text, .integer($0.id)) }),
            "merges": .array(merges),
        ]
        let head: [JSONMember] = [
            JSONMember("version", "1.0"), JSONMember("truncation", .null), JSONMember("padding", .null),
            JSONMember("added_tokens", .array(added)),
        ]
        return .object(
            head + preTokenizer.huggingFaceFields + [
                JSONMember("post_processor", postProcessor),
                JSONMember(
                    "decoder", ["type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true]),
                JSONMember("model", model),
            ])
    }

    /// Puts the token for the beginning before a text, where the file asks for it.
    private var postProcessor: JSONValue {
        guard let beginOfSequence else { return .null }
        let spelling = String(decoding: bytes(of: beginOfSequence), as: UTF8.self)
        let name = JSONValue.string(spelling)
        let special: JSONValue = ["SpecialToken": ["id": name, "type_id": .integer(0)]]
        let described: JSONValue = [
            "id": name, "ids": .array([.integer(Int(beginOfSequence))]), "tokens": .array([name]),
        ]
        func sequence(_ id: String, _ type: Int) -> JSONValue {
            ["Sequence": ["id": .string(id), "type_id": .integer(type)]]
        }
        return [
            "type": "TemplateProcessing", "single": .array([special, sequence("A", 0)]),
            "pair": .array([special, sequence("A", 0), special, sequence("B", 1)]),
            "special_tokens": .object([JSONMember(spelling, described)]),
        ]
    }

    private var huggingFaceConfiguration: JSONValue {
        var fields: [JSONMember] = [
            JSONMember("tokenizer_class", "PreTrainedTokenizerFast"), JSONMember("clean_up_tokenization_spaces", false),
            JSONMember("add_bos_token", .bool(beginOfSequence != nil)), JSONMember("add_prefix_space", false),
        ]
        for (name, key) in [
            ("bos_token", "bos_token_id"), ("eos_token", "eos_token_id"), ("unk_token", "unknown_token_id"),
            ("pad_token", "padding_token_id"),
        ] {
            guard let id = settings[Self.key(key)]?.integer else { continue }
            fields.append(JSONMember(name, .string(text(vocabulary.spellings[id], vocabulary.kinds[id]))))
        }
        if let template = settings[Self.chatTemplateKey]?.string {
            fields.append(JSONMember("chat_template", .string(template)))
        }
        return .object(fields)
    }

    private func text(_ spelling: [UInt8], _ kind: TokenKind) -> String {
        kind.isOrdinary ? ByteAlphabet.text(spelling) : String(decoding: spelling, as: UTF8.self)
    }
}
