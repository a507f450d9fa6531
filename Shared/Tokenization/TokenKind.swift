/// What a token is for, by GGUF's numbers.
enum TokenKind: UInt8, Hashable, Sendable {
    /// Made by merges of bytes; spelled in the byte alphabet.
    case normal = 1
    /// Stands for text that has no token; special.
    case unknown
    /// Structure that no text makes, such as the end of a turn; special.
    case control
    /// A spelling that is always taken whole from text; not special.
    case userDefined
    /// Fills the vocabulary up; neither text nor a special token's spelling makes it.
    case unused
    /// A single byte; spelled in the byte alphabet.
    case byte

    /// Whether bytes and merges make it.
    var isOrdinary: Bool { self == .normal || self == .byte }
    /// Whether it is left out of decoded text.
    var isSpecial: Bool { self == .unknown || self == .control || self == .unused }
}
