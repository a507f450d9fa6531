/// What the pre-tokenizers tell apart in text.
enum CharacterClass: Hashable {
    /// Unicode's general category L.
    case letter
    /// Unicode's general category N.
    case number
    /// A number that Unicode 17 added: one for splitting digits, and none for the regular expressions.
    case recentNumber
    /// Carriage return and line feed.
    case newline
    /// The other characters with the property White_Space.
    case space
    /// Everything else, bytes that are not UTF-8 among it.
    case other

    var isWhitespace: Bool { self == .space || self == .newline }
    var isNumeric: Bool { self == .number || self == .recentNumber }

    /// The class and the length in bytes of the character at `position`, which is below `end`.
    ///
    /// A byte that begins no well-formed character is one of its own, of class `other`.
    @inline(__always) static func at(_ position: Int, _ end: Int, in bytes: [UInt8]) -> (class: Self, length: Int) {
        let byte = bytes[position]
        guard byte < 0x80 else { return beyondASCII(position, end, in: bytes) }
        if (byte | 0x20) &- 0x61 < 26 { return (.letter, 1) }
        if byte &- 0x30 < 10 { return (.number, 1) }
        if byte == 0x20 { return (.space, 1) }
        if byte == 0x0a || byte == 0x0d { return (.newline, 1) }
        return (byte &- 0x09 < 5 ? .space : .other, 1)
    }

    private static func beyondASCII(_ position: Int, _ end: Int, in bytes: [UInt8]) -> (class: Self, length: Int) {
        guard let (scalar, length) = UTF8Scanner.scalar(position, end, in: bytes) else { return (.other, 1) }
        return (Self(scalar), length)
    }

    /// The class by the tables that the reference implementations have: Oniguruma's of Unicode 16 for the regular
    /// expressions, Unicode 17 for single digits. Later characters are `other`, whatever this platform's Unicode.
    init(_ scalar: Unicode.Scalar) {
        let properties = scalar.properties
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            self = Self.isIn(16, properties) ? .letter : .other
        case .decimalNumber, .letterNumber, .otherNumber:
            self = Self.isIn(16, properties) ? .number : Self.isIn(17, properties) ? .recentNumber : .other
        default:
            self = properties.isWhitespace ? (scalar == "\n" || scalar == "\r" ? .newline : .space) : .other
        }
    }

    private static func isIn(_ version: Int, _ properties: Unicode.Scalar.Properties) -> Bool {
        (properties.age?.major).map { $0 <= version } ?? false
    }
}
