import Testing

@testable import Tokenization

@Suite struct `Pre-tokenizer` {
    private func pieces(_ text: String, _ preTokenizer: PreTokenizer) -> [String] {
        pieces(Array(text.utf8), preTokenizer)
    }

    private func pieces(_ bytes: [UInt8], _ preTokenizer: PreTokenizer) -> [String] {
        var pieces: [String] = []
        var start = 0
        while start < bytes.count {
            let end = preTokenizer.pieceEnd(start, bytes.count, in: bytes)
            pieces.append(String(decoding: bytes[start..<end], as: UTF8.self))
            start = end
        }
        return pieces
    }

    // The pieces below are those of the expressions, worked out by hand; `Tests/Peers/tokenizer_lines.py` compares
    // with the engines that run them.

    @Test func `GPT-2's cuts words with the space before, numbers, signs and lower-case contractions`() {
        #expect(
            pieces("I'll don't we'VE 12345 a1b2 x**2\n", .gpt2) == [
                "I", "'ll", " don", "'t", " we", "'", "VE", " 12345", " a", "1", "b", "2", " x", "**", "2", "\n",
            ])
        #expect(pieces("a  b\t\tc \n d   ", .gpt2) == ["a", " ", " b", "\t", "\t", "c", " \n", " d", "   "])
        #expect(pieces("é漢\u{a0}x٣½ 's", .gpt2) == ["é漢", "\u{a0}", "x", "٣½", " '", "s"])
    }

    @Test func `SmolLM's cuts every number by itself and ends whitespace before it`() {
        #expect(pieces("a  12 3.14", .smollm) == ["a", "  ", "1", "2", " ", "3", ".", "1", "4"])
        #expect(pieces("٣½²x", .smollm) == ["٣", "½", "²", "x"])
        #expect(pieces("'s '1 s", .smollm) == ["'s", " '", "1", " s"])
        // U+11DE0, a digit of Unicode 17, ends the text before it, too.
        #expect(pieces("a \u{11de0}!", .smollm) == ["a", " ", "\u{11de0}", "!"])
        #expect(pieces("a \u{11de0}!", .gpt2) == ["a", " \u{11de0}!"])
    }

    @Test func `Llama 3's takes a sign with the letters after it, three digits, and line breaks after signs`() {
        #expect(
            pieces("I'LL x(y) 12345!\n\n\n  a\t\tb'\u{17f}t", .llama3) == [
                "I", "'LL", " x", "(y", ")", " ", "123", "45", "!\n\n\n", " ", " a", "\t", "\tb", "'\u{17f}", "t",
            ])
        #expect(pieces("a \n \n  1  \n", .llama3) == ["a", " \n \n", " ", " ", "1", "  \n"])
        #expect(pieces("\n\n", .llama3) == ["\n\n"] && pieces("a   ", .llama3) == ["a", "   "])
    }

    @Test func `Qwen 2's is Llama 3's with single digits`() {
        #expect(pieces("x 123", .qwen2) == ["x", " ", "1", "2", "3"])
    }

    @Test func `a byte that is not UTF-8 is a character of its own that is no letter`() {
        #expect(GPT2Pieces.pieceEnd(0, 3, in: [0x61, 0xff, 0x61], splitsNumbers: false) == 1)
        // A letter cut short: its lead byte and the letter after it.
        #expect(GPT2Pieces.pieceEnd(1, 3, in: [0x61, 0xc3, 0x61], splitsNumbers: false) == 2)
        #expect(Llama3Pieces.pieceEnd(1, 3, in: [0x61, 0xc3, 0x61], longestNumber: 3) == 3)
    }

    @Test(arguments: PreTokenizer.allCases) func `pieces cover the text and never stand still`(
        _ preTokenizer: PreTokenizer
    ) {
        for seed in 0..<200 as Range<UInt64> {
            var generator = TestGenerator(seed: seed)
            let bytes = generator.bytes(count: 60)
            var start = 0
            while start < bytes.count {
                let end = preTokenizer.pieceEnd(start, bytes.count, in: bytes)
                guard end > start && end <= bytes.count else {
                    Issue.record("piece \(start)..<\(end) of \(bytes.count) bytes, seed \(seed)")
                    return
                }
                start = end
            }
        }
    }

    @Test func `another pre-tokenizer is refused by name with those that are known`() throws {
        let error = #expect(throws: TokenizationError.self) { try PreTokenizer(named: "tekken") }
        #expect(error?.code == .unsupported)
        for name in ["tekken", "gpt-2", "smollm", "llama-bpe", "qwen2"] {
            #expect(error?.message.contains(name) == true)
        }
        #expect(try PreTokenizer(named: "gpt2") == .gpt2)
    }
}
