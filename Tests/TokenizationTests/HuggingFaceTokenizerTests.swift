import Foundation
import ModelFiles
import Testing

@testable import Tokenization

@Suite struct `A tokenizer in Hugging Face's files` {
    private func read(_ files: [(name: String, bytes: [UInt8])]) throws -> Tokenizer {
        try Tokenizer(tokenizerJSON: files[0].bytes, configJSON: files[1].bytes)
    }

    @Test(arguments: PreTokenizer.allCases, [nil, ChatTemplateSource.chatML]) func `comes back as it was`(
        _ pre: PreTokenizer, template: String?
    ) throws {
        let tokenizer = try SmallVocabulary.tokenizer(pre: pre.rawValue, template: template)
        let files = tokenizer.huggingFaceFiles()
        #expect(files.map(\.name) == ["tokenizer.json", "tokenizer_config.json"])
        #expect(try read(files) == tokenizer)
    }

    @Test func `with a token for the beginning comes back as it was`() throws {
        var metadata = SmallVocabulary.metadata(pre: "llama-bpe", template: ChatTemplateSource.llama3[0])
        metadata["tokenizer.ggml.add_bos_token"] = .bool(true)
        let tokenizer = try Tokenizer(gguf: metadata)
        #expect(try read(tokenizer.huggingFaceFiles()) == tokenizer)
    }

    @Test func `may write merges as texts and tokens as objects`() throws {
        let tokenizer = try SmallVocabulary.tokenizer(pre: "smollm")
        let files = tokenizer.huggingFaceFiles()
        var json = String(decoding: files[0].bytes, as: UTF8.self)
        let pairs = json[json.range(of: "\"merges\": ")!.upperBound...]
        let texts = pairs.replacing("\", \"", with: " ").replacing("[\"", with: "\"").replacing("\"]", with: "\"")
        json.replaceSubrange(pairs.startIndex..., with: texts)
        let config =
            "{\"eos_token\":{\"content\":\"<|im_end|>\",\"lstrip\":false},\"chat_template\":"
            + "[{\"name\":\"tool_use\",\"template\":\"x\"},{\"name\":\"default\",\"template\":\"\(ChatTemplateSource.chatML.replacing("\n", with: "\\n"))\"}]}"
        let read = try Tokenizer(tokenizerJSON: Array(json.utf8), configJSON: Array(config.utf8))
        #expect(read.vocabulary == tokenizer.vocabulary && read.endOfSequence == tokenizer.endOfSequence)
        #expect(read.chatTemplate?.name == .chatml)
    }

    @Test func `is filled up with unused tokens where the model has more`() throws {
        let tokenizer = try SmallVocabulary.tokenizer(pre: "llama-bpe", template: ChatTemplateSource.chatML)
        let size = tokenizer.vocabularySize
        let files = tokenizer.huggingFaceFiles()
        // The last token moves away, and leaves a gap.
        let json = String(decoding: files[0].bytes, as: UTF8.self).replacing("\(size - 1)", with: "\(size + 1)")
        let filled = try Tokenizer(tokenizerJSON: Array(json.utf8), configJSON: files[1].bytes, filledUpTo: size + 3)
        #expect(filled.vocabularySize == size + 3)
        let unused = [size - 1, size, size + 2].map(Token.init)
        #expect(unused.allSatisfy { filled.isSpecial($0) && !filled.isEnd($0) && filled.decode([$0]).isEmpty })
        #expect(try filled.token("<tool>>") == Token(size + 1))
        let text = "the word <|unused-\(size)|>"
        for parses in [false, true] {
            #expect(
                filled.encode(text, parsesSpecialTokens: parses) == tokenizer.encode(text, parsesSpecialTokens: parses))
        }
        #expect(filled.prompt(for: text) == tokenizer.prompt(for: text))
        // Both formats keep the unused tokens, GGUF by name and Hugging Face's by leaving them out.
        #expect(try Tokenizer(gguf: Dictionary(uniqueKeysWithValues: filled.ggufMetadata)) == filled)
        let written = filled.huggingFaceFiles()
        #expect(
            try Tokenizer(tokenizerJSON: written[0].bytes, configJSON: written[1].bytes, filledUpTo: size + 3) == filled
        )
        for most in [size + 1, size - 5] {
            let error = #expect(throws: TokenizationError.self) {
                try Tokenizer(tokenizerJSON: Array(json.utf8), configJSON: files[1].bytes, filledUpTo: most)
            }
            #expect(error?.message.contains("vocabulary has \(most); of its \(size) ") == true, "\(error as Any)")
        }
    }

    @Test func `takes the text of chat_template.jinja before the configuration's`() throws {
        let files = try SmallVocabulary.tokenizer(template: ChatTemplateSource.chatML).huggingFaceFiles()
        let read = try Tokenizer(
            tokenizerJSON: files[0].bytes, configJSON: files[1].bytes, chatTemplate: ChatTemplateSource.llama3[0])
        #expect(read.chatTemplate?.name == .llama3)
    }

    /// What is replaced in the files, and what the error says.
    private static let wrong: [(String, String, String)] = [
        ("\"type\": \"BPE\"", "\"type\": \"Unigram\"", "Unigram"), ("\"dropout\": null", "\"dropout\": 0.1", "dropout"),
        ("\"unk_token\": null", "\"unk_token\": 7", "model.unk_token"),
        ("\"byte_fallback\": false", "\"byte_fallback\": true", "byte_fallback"),
        ("\"ignore_merges\": false", "\"ignore_merges\": true", "ignore_merges"),
        ("\"end_of_word_suffix\": null", "\"end_of_word_suffix\": \"</w>\"", "end_of_word_suffix"),
        ("\"normalizer\": null", "\"normalizer\": {\"type\": \"NFKC\"}", "NFKC"),
        ("\"add_prefix_space\": false", "\"add_prefix_space\": true", "pre_tokenizer"),
        ("\"individual_digits\": true", "\"individual_digits\": false", "Digits"),
        ("\"type\": \"Digits\"", "\"type\": \"Metaspace\"", "Metaspace"),
        ("\"post_processor\": null", "\"post_processor\": {\"type\": \"BertProcessing\"}", "BertProcessing"),
        ("\"lstrip\": false", "\"lstrip\": true", "lstrip"), ("\"!\": 33", "\"!\": 34", "0 to 284"),
        ("\"!\": 33", "\"!\": 9223372036854775807", "9223372036854775807"), ("\"!\": 33", "\"!\": -1", "-1"),
        ("\"!\": 33", "\"!\": 1e400", "tokenizer.json"), ("\"!\": 33", "\"!\": \"a\"", "model.vocab"),
        ("\"!\": 33", "\"漢\": 33", "token 33"), ("\"vocab\": {", "\"vocab\": {\"ab\": 300,", "greatest is 300"),
        ("\"vocab\": {", "\"vocab\": {\"!\": 33,", "a key must occur once"),
        ("\"vocab\": {", "\"vocab\": {\"ab\": 33,", "33 has two"),
        ("[\"t\", \"h\"]", "[\"t\"]", "merge 0"), ("[\"t\", \"h\"]", "\"th\"", "merge 0"),
        ("[\"t\", \"h\"]", "3", "merges"), ("[\"t\", \"h\"]", "[\"t\", \"z\"]", "merge 0"),
        ("\"!\": 33", "\"\": 33", "token 33 is empty"),
        ("\"content\": \"<|im_end|>\"", "\"content\": 3", "added_tokens"), ("\"model\": ", "\"modell\": ", "model"),
        ("{", "", "tokenizer.json"),
    ]

    @Test(arguments: wrong.indices) func `names the field at fault`(_ index: Int) throws {
        let (old, new, part) = Self.wrong[index]
        let files = try SmallVocabulary.tokenizer(pre: "smollm").huggingFaceFiles()
        let json = String(decoding: files[0].bytes, as: UTF8.self)
        let place = try #require(json.range(of: old))
        let error = #expect(throws: TokenizationError.self) {
            try Tokenizer(
                tokenizerJSON: Array(json.replacingCharacters(in: place, with: new).utf8), configJSON: files[1].bytes)
        }
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }

    @Test func `needs a configuration that names a known token for the end`() throws {
        let json = try SmallVocabulary.tokenizer().huggingFaceFiles()[0].bytes
        for (config, part) in [
            (nil, "eos_token"), ("{}", "eos_token"), ("{\"eos_token\":\"the\"}", "eos_token"),
            ("{\"eos_token\":5}", "eos_token"), ("{\"eos_token\":\"\"}", "eos_token"),
            ("{\"eos_token\":\"<|im_end|>\",\"pad_token\":\"\"}", "pad_token"), ("[]", "tokenizer_config.json"),
            ("{\"eos_token\":\"<|im_end|>\",\"chat_template\":\"x\"}", "chatml"),
        ] as [(String?, String)] {
            let error = #expect(throws: TokenizationError.self) {
                try Tokenizer(tokenizerJSON: json, configJSON: config.map { Array($0.utf8) })
            }
            #expect(error?.message.contains(part) == true, "\(config ?? ""): \(error?.message ?? "")")
        }
    }

    @Test func `that is damaged anywhere is read or refused`() throws {
        let files = try SmallVocabulary.tokenizer(pre: "llama-bpe").huggingFaceFiles()
        for seed in 0..<400 as Range<UInt64> {
            var generator = TestGenerator(seed: seed)
            var bytes = files[0].bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                case 2: bytes.removeSubrange(place...)
                default: bytes.insert(contentsOf: "[{}]\",:019-".utf8.shuffled(using: &generator).prefix(3), at: place)
                }
                if bytes.isEmpty { break }
            }
            do throws(TokenizationError) {
                let tokenizer = try Tokenizer(tokenizerJSON: bytes, configJSON: files[1].bytes)
                let tokens = tokenizer.encode("the 12 é\u{0}<tool>", parsesSpecialTokens: true)
                #expect(tokens.allSatisfy { $0 >= 0 && $0 < tokenizer.vocabularySize }, "seed \(seed)")
            } catch {
                #expect(!error.message.isEmpty, "seed \(seed)")
            }
        }
    }

    @Test func `nested without end is refused`() {
        let bytes = Array((String(repeating: "[", count: 1_000_000)).utf8)
        #expect(throws: TokenizationError.self) { try Tokenizer(tokenizerJSON: bytes, configJSON: nil) }
        let steps = String(repeating: "{\"type\":\"Sequence\",\"pretokenizers\":[", count: 100_000)
        #expect(throws: TokenizationError.self) {
            try Tokenizer(tokenizerJSON: Array("{\"pre_tokenizer\":\(steps)".utf8), configJSON: nil)
        }
    }
}
