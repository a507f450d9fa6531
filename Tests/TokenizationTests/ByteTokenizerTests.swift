import Testing

@testable import Tokenization

@Suite struct `Byte tokenizer` {
    private let tokenizer = Tokenizer.bytes

    @Test func `every byte string comes back`() {
        let bytes = (0...255).map(UInt8.init) + [0, 255, 128]
        #expect(tokenizer.decodedBytes(tokenizer.encode(bytes, parsesSpecialTokens: true)) == bytes)
        #expect(tokenizer.encode(bytes, parsesSpecialTokens: true) == bytes.map(Token.init))
        #expect(tokenizer.decode(tokenizer.encode("√2 ≈ 1.41\n", parsesSpecialTokens: false)) == "√2 ≈ 1.41\n")
    }

    @Test func `a special token's spelling is parsed only when asked`() {
        let text = "a<|endoftext|>b<|endoftext"
        let parsed = tokenizer.encode(text, parsesSpecialTokens: true)
        #expect(parsed == [97, 256, 98] + "<|endoftext".utf8.map(Token.init))
        #expect(tokenizer.encode(text, parsesSpecialTokens: false) == text.utf8.map(Token.init))
        #expect(tokenizer.decode(parsed) == "ab<|endoftext")
        #expect(tokenizer.bytes(of: 256) == Array("<|endoftext|>".utf8))
        #expect(tokenizer.bytes(of: 257).isEmpty && tokenizer.bytes(of: -1).isEmpty)
    }

    @Test func `it has no chat template, and its prompt is the question and a line break`() {
        #expect(tokenizer.chatTemplate == nil)
        #expect(tokenizer.prompt(for: "1+1<|endoftext|>") == "1+1<|endoftext|>\n".utf8.map(Token.init))
    }

    @Test func `only its last token ends a text`() {
        #expect((-1..<300).filter { tokenizer.isEnd(Token($0)) } == [256])
        #expect(tokenizer.endOfSequence == 256)
    }

    @Test func `filled up, it has as many tokens as asked and text means the same`() {
        let filled = Tokenizer.bytes(filledUpTo: 300)
        #expect(filled.vocabularySize == 300 && filled.isSpecial(299) && !filled.isSpecial(255))
        #expect(filled.encode("a<|unused-257|>", parsesSpecialTokens: true) == [97, 257])
    }

    @Test func `the alphabet is GPT-2's`() {
        // Spot values of the published table.
        #expect(ByteAlphabet.text([0x20, 0x0a, 0x41, 0x00, 0x7f, 0xad, 0xff]) == "ĠĊAĀġŃÿ")
        #expect(Set(ByteAlphabet.characters).count == 256)
        #expect(ByteAlphabet.bytes("ĠĊAĀġŃÿ") == [0x20, 0x0a, 0x41, 0x00, 0x7f, 0xad, 0xff])
        #expect(ByteAlphabet.bytes("漢") == nil)
    }
}
