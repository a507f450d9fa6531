import Mathematics

/// The smallest part of a formula's text that says something.
enum FormulaToken: Hashable {
    case number(Rational)
    case text(String)
    case column(String)
    case word(String)
    case symbol(FormulaOperator)
    case open, close, comma

    /// Divides a formula; blanks between tokens say nothing.
    ///
    /// - Throws: `ProblemsError` with `unreadableFormula` at the first byte that begins no token, or if the text is too long.
    static func all(in text: some StringProtocol) throws(ProblemsError) -> [FormulaToken] {
        guard text.utf8.count <= FormulaLimits.bytes else {
            throw ProblemsError(
                .unreadableFormula,
                "A formula has at most \(FormulaLimits.bytes) bytes; got \(text.utf8.count). Use steps.")
        }
        var rest = Array(text.utf8)[...]
        var tokens: [FormulaToken] = []
        while let byte = rest.first {
            if byte == 0x20 || byte == 0x09 || byte == 0x0d {
                rest.removeFirst()
            } else if let token = take(&rest) {
                tokens.append(token)
            } else {
                throw ProblemsError(
                    .unreadableFormula,
                    "A formula consists of numbers, \"texts\", small column names, capital function names, operators, commas "
                        + "and brackets; got \"\(excerpt(rest))\". Write one of them.")
            }
        }
        return tokens
    }

    /// Whether the bytes can name a column: a small letter, then small letters, digits and `_`.
    static func isName(_ bytes: some Collection<UInt8>) -> Bool {
        guard let first = bytes.first, isSmall(first), bytes.count <= FormulaLimits.nameLength else { return false }
        return bytes.allSatisfy { isSmall($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    }

    private static func take(_ rest: inout ArraySlice<UInt8>) -> FormulaToken? {
        guard let byte = rest.first else { return nil }
        if isDigit(byte) {
            let digits = takePrefix(&rest) { isDigit($0) || $0 == UInt8(ascii: ".") }
            return Rational(decimal: digits).map { .number($0) }
        }
        if isSmall(byte) {
            let name = takePrefix(&rest) { isSmall($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
            return name.utf8.count <= FormulaLimits.nameLength ? .column(name) : nil
        }
        if isCapital(byte) { return .word(takePrefix(&rest, while: isCapital)) }
        if byte == UInt8(ascii: "\"") { return takeText(&rest) }
        let brackets: [UInt8: FormulaToken] = [0x28: .open, 0x29: .close, 0x2c: .comma]
        if let token = brackets[byte] {
            rest.removeFirst()
            return token
        }
        // Two characters before one, so that `<=` is not `<`.
        for count in [2, 1] where count <= rest.count {
            if let symbol = FormulaOperator(rawValue: String(decoding: rest.prefix(count), as: UTF8.self)) {
                rest.removeFirst(count)
                return .symbol(symbol)
            }
        }
        return nil
    }

    /// Takes a text in quotation marks, in which two of them stand for one; nil if it has no end or a newline.
    private static func takeText(_ rest: inout ArraySlice<UInt8>) -> FormulaToken? {
        var (bytes, place) = ([UInt8](), rest.startIndex + 1)
        while place < rest.endIndex {
            if rest[place] == UInt8(ascii: "\n") { return nil }
            if rest[place] == UInt8(ascii: "\"") {
                guard place + 1 < rest.endIndex, rest[place + 1] == UInt8(ascii: "\"") else {
                    rest = rest[(place + 1)...]
                    return bytes.count <= FormulaLimits.textBytes ? .text(String(decoding: bytes, as: UTF8.self)) : nil
                }
                place += 1
            }
            bytes.append(rest[place])
            place += 1
        }
        return nil
    }

    private static func takePrefix(_ rest: inout ArraySlice<UInt8>, while holds: (UInt8) -> Bool) -> String {
        let taken = rest.prefix(while: holds)
        rest = rest[taken.endIndex...]
        return String(decoding: taken, as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isSmall(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) }
    private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) }
}
