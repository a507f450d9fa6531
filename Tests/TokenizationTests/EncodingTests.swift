import ModelFiles
import Testing

@testable import Tokenization

@Suite struct `Encoding` {
    @Test(arguments: ["gpt-2", "smollm", "llama-bpe"]) func `any bytes come back`(pre: String) throws {
        let tokenizer = try SmallVocabulary.tokenizer(pre: pre)
        for seed in 0..<300 as Range<UInt64> {
            var generator = TestGenerator(seed: seed)
            let bytes = generator.bytes(count: Int.random(in: 0...200, using: &generator))
            let tokens = tokenizer.encode(bytes, parsesSpecialTokens: false)
            #expect(tokenizer.decodedBytes(tokens) == bytes, "seed \(seed)")
            #expect(!tokens.contains { tokenizer.isSpecial($0) }, "seed \(seed)")
        }
    }

    @Test(arguments: PreTokenizer.allCases) func `texts on both sides of a special token are encoded by themselves`(
        _ pre: PreTokenizer
    ) throws {
        let tokenizer = try SmallVocabulary.tokenizer(pre: pre.rawValue)
        let end = try tokenizer.token("<|im_end|>")
        for seed in 0..<100 as Range<UInt64> {
            var generator = TestGenerator(seed: seed)
            let (a, b) = (generator.bytes(count: 40), generator.bytes(count: 40))
            #expect(
                tokenizer.encode(a + "<|im_end|>".utf8 + b, parsesSpecialTokens: true)
                    == tokenizer.encode(a, parsesSpecialTokens: true) + [end]
                    + tokenizer.encode(b, parsesSpecialTokens: true), "seed \(seed)")
        }
    }

    @Test func `merges make the longest tokens that their ranks allow`() throws {
        let tokenizer = try SmallVocabulary.tokenizer()
        #expect(
            try tokenizer.encode("the the", parsesSpecialTokens: false) == [
                tokenizer.token("the"), tokenizer.token(" the"),
            ])
        #expect(
            try tokenizer.encode("aaaa's1234", parsesSpecialTokens: false) == [
                tokenizer.token("aaaa"), tokenizer.token("'s"), tokenizer.token("123"), tokenizer.token("4"),
            ])
    }

    @Test func `the longest spelling is found, and user-defined tokens always`() throws {
        let tokenizer = try SmallVocabulary.tokenizer()
        let text = "<tool>>><|im|><|im_|<|im_end|"
        let (tool, im) = (try tokenizer.token("<tool>>"), try tokenizer.token("<|im|>"))
        let parsed = tokenizer.encode(text, parsesSpecialTokens: true)
        let plain = tokenizer.encode(text, parsesSpecialTokens: false)
        #expect(parsed.filter { $0 == tool || $0 == im } == [tool, im])
        #expect(plain.filter { $0 == tool || $0 == im } == [tool])
        #expect(tokenizer.decode(plain) == text && tokenizer.decode(parsed) == "<tool>>><|im_|<|im_end|")
    }

    @Test func `a piece that is a token is taken whole only where the family does`() throws {
        var metadata = SmallVocabulary.metadata(pre: "llama-bpe")
        // No merges make "theing".
        guard case .array(_, var tokens)? = metadata["tokenizer.ggml.tokens"],
            case .array(_, var types)? = metadata["tokenizer.ggml.token_type"]
        else { preconditionFailure("small vocabulary without tokens") }
        tokens.append(.string("theing"))
        types.append(.int32(1))
        metadata["tokenizer.ggml.tokens"] = .array(.string, tokens)
        metadata["tokenizer.ggml.token_type"] = .array(.int32, types)
        let last = Token(tokens.count - 1)
        #expect(try Tokenizer(gguf: metadata).encode("theing!", parsesSpecialTokens: false).first == last)
        metadata["tokenizer.ggml.pre"] = .string("gpt-2")
        #expect(try Tokenizer(gguf: metadata).encode("theing!", parsesSpecialTokens: false).contains(last) == false)
    }

    @Test func `Qwen 2's text is composed, and bytes that are not UTF-8 are kept`() throws {
        let tokenizer = try SmallVocabulary.tokenizer(pre: "qwen2")
        let bytes = Array("e\u{301}".utf8) + [0xff] + Array("e\u{301}\u{212b}".utf8) + [0xcc]
        let expected = Array("\u{e9}".utf8) + [0xff] + Array("\u{e9}\u{c5}".utf8) + [0xcc]
        #expect(tokenizer.decodedBytes(tokenizer.encode(bytes, parsesSpecialTokens: false)) == expected)
    }

    @Test func `text of a megabyte without a place to cut is encoded`() throws {
        let tokenizer = try SmallVocabulary.tokenizer(pre: "smollm")
        for text in ["a", " ", "\n", "<|im_"] {
            let bytes = Array(String(repeating: text, count: 1_000_000 / text.utf8.count).utf8)
            let tokens = tokenizer.encode(bytes, parsesSpecialTokens: true)
            #expect(tokens.count <= bytes.count && tokenizer.decodedBytes(tokens) == bytes)
        }
    }
}
