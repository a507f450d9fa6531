/// How text is cut into the pieces within which bytes are merged; the names are those of GGUF's `tokenizer.ggml.pre`.
public enum PreTokenizer: String, Hashable, Sendable, CaseIterable {
    /// GPT-2's regular expression.
    case gpt2 = "gpt-2"
    /// SmolLM's: every number character by itself, GPT-2's expression between them.
    case smollm
    /// Llama 3's: up to three number characters together. A piece that is a token is taken whole, whatever the merges.
    case llama3 = "llama-bpe"
    /// Qwen 2's: Llama 3's with single number characters, on text in Unicode's normalization form C.
    case qwen2

    /// The pre-tokenizer that a file names.
    ///
    /// - Throws: `unsupported` with the names that are.
    init(named name: String) throws(TokenizationError) {
        if let known = Self(rawValue: name) {
            self = known
        } else if name == "gpt2" {
            self = .gpt2
        } else if name == "llama3" || name == "llama-v3" {
            self = .llama3
        } else {
            throw TokenizationError(
                .unsupported,
                "The pre-tokenizer (tokenizer.ggml.pre) must be one of \(Self.supported); it is \(name).")
        }
    }

    static var supported: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// Whether a piece that is a token's spelling is that token without merging.
    var takesWholePieces: Bool { self == .llama3 }

    /// Whether text is brought to normalization form C first.
    var normalizes: Bool { self == .qwen2 }

    /// The end of the piece that begins at `start`, which is below `end`; linear in what it reads.
    func pieceEnd(_ start: Int, _ end: Int, in bytes: [UInt8]) -> Int {
        switch self {
        case .gpt2: GPT2Pieces.pieceEnd(start, end, in: bytes, splitsNumbers: false)
        case .smollm: GPT2Pieces.pieceEnd(start, end, in: bytes, splitsNumbers: true)
        case .llama3: Llama3Pieces.pieceEnd(start, end, in: bytes, longestNumber: 3)
        case .qwen2: Llama3Pieces.pieceEnd(start, end, in: bytes, longestNumber: 1)
        }
    }
}
