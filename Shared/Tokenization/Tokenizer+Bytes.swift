import ModelFiles

extension Tokenizer {
    /// The tokenizer of the tiny models: token b is byte b, and token 256 is `<|endoftext|>`.
    public static let bytes = bytes(filledUpTo: 257)

    /// The tokenizer `bytes`, filled up with special tokens that nothing means: for measuring models of that many tokens.
    ///
    /// - Parameter vocabularySize: 257 or more.
    public static func bytes(filledUpTo vocabularySize: Int) -> Tokenizer {
        precondition(vocabularySize >= 257, "a vocabulary of \(vocabularySize) tokens")
        let special = ["<|endoftext|>"] + (257..<vocabularySize).map { "<|unused-\($0)|>" }
        do {
            return try Tokenizer(
                vocabulary: Vocabulary(
                    spellings: (0..<256).map { [UInt8($0)] } + special.map { Array($0.utf8) },
                    kinds: Array(repeating: .normal, count: 256) + special.map { _ in .control }, merges: []),
                preTokenizer: .gpt2,
                settings: [
                    key("bos_token_id"): .uint32(256), key("eos_token_id"): .uint32(256),
                    key("add_bos_token"): .bool(false),
                ])
        } catch {
            preconditionFailure("The byte tokenizer is well formed; \(error)")
        }
    }
}
