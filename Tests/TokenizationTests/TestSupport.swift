import Foundation
import ModelFiles

@testable import Tokenization

/// A small vocabulary of every byte and some merges, as a GGUF file's metadata.
enum SmallVocabulary {
    /// Every part and every result is a token.
    static let merges = [
        "t h", "i n", "th e", "Ġ the", "h e", "e r", "in g", "Ġ Ġ", "ĠĠ ĠĠ", "a a", "aa aa", "1 2", "12 3", "' s",
        "o r", "w or",
        "Ċ Ċ", "Ã ©", "Ġ w", "Ġw or",
    ]
    static let special = [
        "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|im|>", "<|begin_of_text|>", "<|start_header_id|>",
        "<|end_header_id|>", "<|eot_id|>",
    ]
    static let whole = ["<tool>", "<tool>>"]

    static func metadata(pre: String = "gpt-2", template: String? = nil) -> [String: GGUFValue] {
        let bytes = (0...255).map { ByteAlphabet.text([UInt8($0)]) }
        let merged = merges.map { $0.replacing(" ", with: "") }
        let tokens = bytes + merged + special + whole
        let kinds = bytes.map { _ in 1 } + merged.map { _ in 1 } + special.map { _ in 3 } + whole.map { _ in 4 }
        let first = UInt32(bytes.count + merged.count)
        var metadata: [String: GGUFValue] = [
            "general.name": .string("small"), "tokenizer.ggml.model": .string("gpt2"),
            "tokenizer.ggml.pre": .string(pre), "tokenizer.ggml.tokens": .array(.string, tokens.map { .string($0) }),
            "tokenizer.ggml.token_type": .array(.int32, kinds.map { .int32(Int32($0)) }),
            "tokenizer.ggml.merges": .array(.string, merges.map { .string($0) }),
            "tokenizer.ggml.bos_token_id": .uint32(first + 4), "tokenizer.ggml.eos_token_id": .uint32(first + 2),
            "tokenizer.ggml.unknown_token_id": .uint32(first), "tokenizer.ggml.padding_token_id": .uint32(first),
            "tokenizer.ggml.add_bos_token": .bool(false), "tokenizer.ggml.add_space_prefix": .bool(false),
        ]
        if let template { metadata["tokenizer.chat_template"] = .string(template) }
        return metadata
    }

    static func tokenizer(pre: String = "gpt-2", template: String? = nil) throws -> Tokenizer {
        try Tokenizer(gguf: metadata(pre: pre, template: template))
    }
}

extension Tokenizer {
    /// The only token with that spelling.
    func token(_ spelling: String) throws -> Token {
        let found = (0..<Token(vocabularySize)).filter { bytes(of: $0) == Array(spelling.utf8) }
        guard found.count == 1 else { throw TokenizationError(.malformed, "\(found.count) tokens \(spelling)") }
        return found[0]
    }
}

/// A generator of reproducible numbers: SplitMix64.
struct TestGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// Bytes of text that merges and pre-tokenizers have something to do with, and some of any kind.
    mutating func bytes(count: Int) -> [UInt8] {
        let pieces = [
            "the", " the", " th", "ing", "er", "word", "    ", "\n\n", "123", "1", "aaaa", "'s", "'LL", "é", "e\u{301}",
            "漢", "🙂",
            "<|im_end|>", "<tool>", "!", "\r", "\u{a0}", "\u{2028}",
        ].map { Array($0.utf8) }
        var bytes: [UInt8] = []
        while bytes.count < count {
            if Bool.random(using: &self) {
                bytes += pieces.randomElement(using: &self) ?? []
            } else {
                bytes.append(UInt8.random(in: 0...255, using: &self))
            }
        }
        return bytes
    }
}

/// Files beside the tests and beside the package.
enum TestFiles {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    static let package = folder.deletingLastPathComponent().deletingLastPathComponent()
    /// SmolLM2-135M-Instruct, which `deploy/fetch-model.sh smollm2-135m` puts there; nil where it is absent.
    static let model: String? = [
        ProcessInfo.processInfo.environment["EIGHTFOLD_MODEL"],
        package.appending(path: "models/smollm2-135m.gguf").path,
    ].compactMap(\.self).first { FileManager.default.fileExists(atPath: $0) }
    /// What llama.cpp makes of the model's texts; nil where it is absent.
    static let oracle: URL? = [package.appending(path: "../shared/oracle/smollm2_reference.json")].first {
        FileManager.default.fileExists(atPath: $0.path)
    }
}
