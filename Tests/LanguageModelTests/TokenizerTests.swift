import Testing

@testable import LanguageModel

@Suite struct `Byte tokenizer` {
    private let tokenizer = Tokenizer.bytes

    @Test func `every byte string comes back`() {
        let bytes = (0...255).map(UInt8.init) + [0, 255, 128]
        #expect(tokenizer.decodedBytes(tokenizer.encode(bytes, parsesSpecialTokens: true)) == bytes)
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

    @Test func `the alphabet is GPT-2's`() {
        // Spot values of the published table.
        #expect(ByteAlphabet.text([0x20, 0x0a, 0x41, 0x00, 0x7f, 0xad, 0xff]) == "ĠĊAĀġŃÿ")
        #expect(Set(ByteAlphabet.characters).count == 256)
        #expect(ByteAlphabet.bytes("ĠĊAĀġŃÿ") == [0x20, 0x0a, 0x41, 0x00, 0x7f, 0xad, 0xff])
        #expect(ByteAlphabet.bytes("漢") == nil)
    }

    @Test func `a vocabulary that is not byte-level is refused with the token`() {
        let spellings = Tokenizer.bytes.spellings
        for wrong in [spellings + [[97, 98]], spellings + [[97]]] {
            let error = #expect(throws: LanguageModelError.self) {
                try Tokenizer(spellings: wrong, specialTokens: [256], endOfSequence: 256)
            }
            #expect(error?.message.contains("token 257") == true)
        }
        #expect(throws: LanguageModelError.self) {
            try Tokenizer(spellings: Array(spellings.dropFirst()), specialTokens: [255], endOfSequence: 255)
        }
        #expect(throws: LanguageModelError.self) {
            try Tokenizer(spellings: spellings, specialTokens: [256], endOfSequence: 257)
        }
    }
}
