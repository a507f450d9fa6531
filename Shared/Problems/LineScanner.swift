/// Reads small integers and symbols from the bytes of one line, with blanks between them.
struct LineScanner {
    private var rest: ArraySlice<UInt8>

    /// The most digits of an integer.
    static let mostDigits = 12

    init(_ line: ArraySlice<UInt8>) { rest = line }

    /// Whether only blanks are left: spaces, tabs and carriage returns.
    var isAtEnd: Bool { rest.allSatisfy(Self.isBlank) }

    /// Takes an optional `-` and ASCII digits; nil if they are not next, or too many.
    mutating func integer() -> Int? {
        skipBlanks()
        let isNegative = rest.first == UInt8(ascii: "-")
        let digits = rest.dropFirst(isNegative ? 1 : 0).prefix { (0x30...0x39).contains($0) }
        guard (1...Self.mostDigits).contains(digits.count) else { return nil }
        rest = rest[digits.endIndex...]
        let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return isNegative ? -value : value
    }

    /// Takes one symbol; false, and nothing is taken, if it is not next.
    mutating func take(_ symbol: Character) -> Bool {
        skipBlanks()
        guard let byte = symbol.asciiValue, rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func skipBlanks() { rest = rest.drop(while: Self.isBlank) }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
}

/// The beginning of a line as a message can show it.
func excerpt(_ line: ArraySlice<UInt8>) -> String {
    let shown = String(decoding: line.prefix(40), as: UTF8.self)
    return shown.filter { !$0.isNewline && $0 != "\0" } + (line.count > 40 ? "…" : "")
}
