import ModelFiles
import Testing

@testable import Tokenization

@Suite struct `A tokenizer in GGUF metadata` {
    @Test(arguments: PreTokenizer.allCases) func `comes back as it was`(_ pre: PreTokenizer) throws {
        var metadata = SmallVocabulary.metadata(pre: pre.rawValue)
        metadata["tokenizer.ggml.eot_token_id"] = .int32(7)
        metadata["tokenizer.ggml.scores"] = .array(.float32, [.float32(0.5)])
        let tokenizer = try Tokenizer(gguf: metadata)
        let written = Dictionary(uniqueKeysWithValues: tokenizer.ggufMetadata)
        metadata["general.name"] = nil
        #expect(written == metadata)
        #expect(try Tokenizer(gguf: written) == tokenizer)
    }

    @Test func `of one token a byte is written with the keys of llama.cpp in their order`() {
        let written = Tokenizer.bytes.ggufMetadata
        let names = [
            "model", "pre", "tokens", "token_type", "merges", "bos_token_id", "eos_token_id", "add_bos_token",
        ]
        #expect(written.map(\.key) == names.map { "tokenizer.ggml.\($0)" })
        #expect(written[1].value == .string("gpt-2") && written[4].value == .array(.string, []))
        #expect(written[5].value == .uint32(256) && written[7].value == .bool(false))
    }

    @Test func `says which tokens end a text`() throws {
        var metadata = SmallVocabulary.metadata()
        metadata["tokenizer.ggml.eom_token_id"] = .uint32(9)
        let tokenizer = try Tokenizer(gguf: metadata)
        let ends = (0..<Token(tokenizer.vocabularySize)).filter(tokenizer.isEnd)
        #expect(ends == [9] + (try ["<|endoftext|>", "<|im_end|>", "<|eot_id|>"].map(tokenizer.token)))
    }

    @Test func `puts the token for the beginning first where the file asks for it`() throws {
        var metadata = SmallVocabulary.metadata()
        metadata["tokenizer.ggml.add_bos_token"] = .bool(true)
        let tokenizer = try Tokenizer(gguf: metadata)
        let text = tokenizer.encode("1\n", parsesSpecialTokens: false)
        #expect(try tokenizer.prompt(for: "1") == [tokenizer.token("<|begin_of_text|>")] + text)
        // Llama 3's files leave the key out.
        metadata["tokenizer.ggml.add_bos_token"] = nil
        #expect(try Tokenizer(gguf: metadata).prompt(for: "1") == text)
        metadata["tokenizer.ggml.pre"] = .string("llama-bpe")
        #expect(try Tokenizer(gguf: metadata).prompt(for: "1").first == tokenizer.token("<|begin_of_text|>"))
    }

    @Test func `names the key at fault`() throws {
        let wrong: [(String, GGUFValue?, String)] = [
            ("model", .string("llama"), "gpt2"), ("model", nil, "missing"), ("pre", .string("viking"), "viking"),
            ("pre", .uint32(1), "missing"), ("tokens", .string("a"), "tokens"),
            ("tokens", .array(.uint32, [.uint32(1)]), "token_type"), ("token_type", .bool(true), "token_type"),
            ("token_type", .array(.int32, []), "one entry a token"), ("merges", .uint8(1), "merges"),
            ("merges", .array(.uint8, [.uint8(1)]), "merge 0"), ("merges", .array(.string, [.string("th")]), "merge 0"),
            ("merges", .array(.string, [.string("t h"), .string("t h")]), "merge 1"),
            ("merges", .array(.string, [.string("t h "), .string("t h")]), "merge 0"),
            ("merges", .array(.string, [.string("漢 h")]), "merge 0"),
            ("merges", .array(.string, [.string("z z")]), "merge 0"), ("eos_token_id", nil, "eos_token_id"),
            ("eos_token_id", .uint32(.max), "4294967295"), ("bos_token_id", .int32(-1), "bos_token_id"),
            ("padding_token_id", .uint64(.max), "padding_token_id"),
            ("fim_pre_token_id", .string("a"), "fim_pre_token_id"),
        ]
        for (key, value, part) in wrong {
            var metadata = SmallVocabulary.metadata()
            metadata["tokenizer.ggml.\(key)"] = value
            let error = #expect(throws: TokenizationError.self) { try Tokenizer(gguf: metadata) }
            #expect(error?.message.contains(part) == true, "\(key): \(error?.message ?? "")")
        }
        var metadata = SmallVocabulary.metadata()
        metadata["tokenizer.chat_template"] = .uint8(1)
        #expect(throws: TokenizationError.self) { try Tokenizer(gguf: metadata) }
        metadata["tokenizer.chat_template"] = nil
        metadata["tokenizer.ggml.bos_token_id"] = nil
        metadata["tokenizer.ggml.add_bos_token"] = .bool(true)
        #expect(throws: TokenizationError.self) { try Tokenizer(gguf: metadata) }
    }

    @Test func `names the token at fault`() throws {
        for (text, type, part) in [
            ("漢", 1, "token 300"), ("", 1, "token 300"), ("", 3, "token 300"), ("the", 1, "and 300"), ("a", 7, "300"),
            ("a", -1, "300"),
            ("<|im_end|>", 4, "and 300"),
        ] {
            var metadata = SmallVocabulary.metadata()
            guard case .array(_, var tokens)? = metadata["tokenizer.ggml.tokens"],
                case .array(_, var types)? = metadata["tokenizer.ggml.token_type"]
            else { preconditionFailure("small vocabulary without tokens") }
            while tokens.count < 300 {
                tokens.append(.string("[unused \(tokens.count)]"))
                types.append(.int32(5))
            }
            #expect(throws: Never.self) {
                try Tokenizer(
                    gguf: metadata.merging([
                        "tokenizer.ggml.tokens": .array(.string, tokens),
                        "tokenizer.ggml.token_type": .array(.int32, types),
                    ]) { $1 })
            }
            metadata["tokenizer.ggml.tokens"] = .array(.string, tokens + [.string(text)])
            metadata["tokenizer.ggml.token_type"] = .array(.int32, types + [.int32(Int32(type))])
            let error = #expect(throws: TokenizationError.self) { try Tokenizer(gguf: metadata) }
            #expect(error?.message.contains(part) == true, "\(text): \(error?.message ?? "")")
        }
    }
}
