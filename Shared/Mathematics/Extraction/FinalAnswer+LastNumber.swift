extension FinalAnswer {
    /// Finds the answer of a solution by a rule; nil if there is none.
    public static func extract(from solution: some StringProtocol, by rule: AnswerRule) -> FinalAnswer? {
        switch rule {
        case .strict: extract(from: solution)
        case .lastNumber: extract(from: solution) ?? lastNumber(of: solution)
        // What is beyond the limits is no integer that anybody meant.
        case .stated, .anywhere:
            (try? ExtractedAnswer.extract(from: solution, by: rule)).flatMap {
                $0.flatMap { FinalAnswer(parsing: $0.text) }
            }
        }
    }

    /// The last number of a text, if it is an integer.
    ///
    /// A number is a run, as long as can be, of ASCII digits, commas and points that ends in a digit and does not begin
    /// with a comma; a run that an ASCII letter or `_` stands before is part of a word. A `-` or `−` before it is its sign,
    /// unless it is the operator after an ASCII letter, a digit or `)`. It is an integer if it is digits, bare or in
    /// groups of three, with no fraction but zeros. One that is none hides those before it: a guess at what was meant
    /// must not be a choice among several. Takes time linear in the length.
    private static func lastNumber(of text: some StringProtocol) -> FinalAnswer? {
        let bytes = Array(text.utf8)
        var end = bytes.endIndex
        while let last = bytes[..<end].lastIndex(where: isDigit) {
            var start = last
            while start > 0, isDigit(bytes[start - 1]) || bytes[start - 1] == comma || bytes[start - 1] == point {
                start -= 1
            }
            while bytes[start] == comma { start += 1 }
            end = start
            if start > 0, isWord(bytes[start - 1]) { continue }
            return FinalAnswer(bytes: (isNegative(bytes[..<start]) ? [minus] : []) + withoutZeros(bytes[start...last]))
        }
        return nil
    }

    /// Whether the bytes before a number end in its sign.
    private static func isNegative(_ before: ArraySlice<UInt8>) -> Bool {
        guard let sign = [[minus], Array("\u{2212}".utf8)].first(where: { before.suffix($0.count).elementsEqual($0) })
        else { return false }
        guard let previous = before.dropLast(sign.count).last else { return true }
        return !isDigit(previous) && !isWord(previous) && previous != UInt8(ascii: ")")
    }

    /// The number without a fraction that is only zeros.
    private static func withoutZeros(_ number: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let first = number.firstIndex(of: point),
            number[(first + 1)...].allSatisfy({ $0 == UInt8(ascii: "0") })
        else { return number }
        return number[..<first]
    }

    private static var comma: UInt8 { UInt8(ascii: ",") }
    private static var point: UInt8 { UInt8(ascii: ".") }
    private static var minus: UInt8 { UInt8(ascii: "-") }

    /// Whether the byte is an ASCII letter or `_`.
    private static func isWord(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }
}
