internal import ModelFiles

extension Tokenizer {
    /// Token types in GGUF metadata.
    private enum TokenType: Int { case normal = 1, unknown, control, userDefined, unused, byte }

    /// The vocabulary of a file's `tokenizer.ggml` metadata.
    ///
    /// - Throws: `unsupportedModel` when it is not a byte-level vocabulary of the "gpt2" kind.
    init(_ file: GGUFFile) throws(LanguageModelError) {
        let kind = file.metadata["tokenizer.ggml.model"]?.string ?? "missing"
        guard kind == "gpt2" else {
            throw LanguageModelError(
                .unsupportedModel, "The key tokenizer.ggml.model must be gpt2 (byte-level); it is \(kind).")
        }
        guard let tokens = file.metadata["tokenizer.ggml.tokens"]?.elements else {
            throw LanguageModelError(
                .unsupportedModel, "The key tokenizer.ggml.tokens must be an array; it is missing.")
        }
        let types = file.metadata["tokenizer.ggml.token_type"]?.elements
        guard types == nil || types?.count == tokens.count else {
            throw LanguageModelError(
                .unsupportedModel,
                "The key tokenizer.ggml.token_type must have one entry a token, \(tokens.count); it has "
                    + "\(types?.count ?? 0).")
        }
        var spellings: [[UInt8]] = []
        var special: [Token] = []
        for (id, value) in tokens.enumerated() {
            guard let text = value.string else {
                throw LanguageModelError(.unsupportedModel, "Every token must be a string; token \(id) is not.")
            }
            let type = types?[id].integer.flatMap(TokenType.init) ?? .normal
            if type == .normal || type == .byte {
                guard let bytes = ByteAlphabet.bytes(text) else {
                    throw LanguageModelError(
                        .unsupportedModel, "Token \(id) must be spelled in GPT-2's byte alphabet; it is not.")
                }
                spellings.append(bytes)
            } else {
                spellings.append(Array(text.utf8))
                special.append(Token(id))
            }
        }
        guard let end = file.metadata["tokenizer.ggml.eos_token_id"]?.integer, let end = Token(exactly: end) else {
            throw LanguageModelError(
                .unsupportedModel, "The key tokenizer.ggml.eos_token_id must be a token's id; it is missing.")
        }
        try self.init(spellings: spellings, specialTokens: special, endOfSequence: end)
    }

    /// Adds the vocabulary as llama.cpp reads it; a byte-level vocabulary has no merges.
    func write(to writer: inout GGUFWriter) {
        writer.set("tokenizer.ggml.model", .string("gpt2"))
        writer.set("tokenizer.ggml.pre", .string("gpt-2"))
        let ids = spellings.indices.map { Token($0) }
        let texts = ids.map { id in
            GGUFValue.string(
                isSpecial(id)
                    ? String(decoding: spellings[Int(id)], as: UTF8.self) : ByteAlphabet.text(spellings[Int(id)]))
        }
        writer.set("tokenizer.ggml.tokens", .array(.string, texts))
        writer.set(
            "tokenizer.ggml.token_type",
            .array(
                .int32,
                ids.map { .int32(Int32(isSpecial($0) ? TokenType.control.rawValue : TokenType.normal.rawValue)) }))
        writer.set("tokenizer.ggml.merges", .array(.string, []))
        writer.set("tokenizer.ggml.bos_token_id", .uint32(UInt32(endOfSequence)))
        writer.set("tokenizer.ggml.eos_token_id", .uint32(UInt32(endOfSequence)))
        writer.set("tokenizer.ggml.add_bos_token", .bool(false))
    }
}
