/// The pieces of `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|
/// \s+(?!\S)|\s+`, with `\p{N}` in place of `\p{N}{1,3}` for Qwen 2.
///
/// - Source: the tokenizer.json of the Llama 3 and Qwen 2 models.
enum Llama3Pieces {
    /// The end of the piece that begins at `start`.
    ///
    /// - Parameter longestNumber: how many number characters one piece holds at most.
    static func pieceEnd(_ start: Int, _ end: Int, in bytes: [UInt8], longestNumber: Int) -> Int {
        if let end = contractionEnd(start, end, in: bytes) { return end }
        let head = at(start, end, in: bytes)
        let second = start + head.length
        switch head.class {
        case .letter: return runEnd(of: .letter, from: second, end, in: bytes)
        case .number: return numberEnd(second, end, in: bytes, rest: longestNumber - 1)
        case .newline: return whitespaceEnd(start, end, in: bytes)
        case .space, .other, .recentNumber:
            let next = second < end ? at(second, end, in: bytes) : nil
            if next?.class == .letter { return runEnd(of: .letter, from: second, end, in: bytes) }
            let takesSpace = bytes[start] == UInt8(ascii: " ") && next?.class == .other
            guard head.class == .other || takesSpace else { return whitespaceEnd(start, end, in: bytes) }
            var position = runEnd(of: .other, from: second, end, in: bytes)
            while position < end, bytes[position] == UInt8(ascii: "\r") || bytes[position] == UInt8(ascii: "\n") {
                position += 1
            }
            return position
        }
    }

    /// The character at `position`; numbers that the expression does not know are other characters.
    private static func at(_ position: Int, _ end: Int, in bytes: [UInt8]) -> (class: CharacterClass, length: Int) {
        let head = CharacterClass.at(position, end, in: bytes)
        return head.class == .recentNumber ? (.other, head.length) : head
    }

    private static func runEnd(of kind: CharacterClass, from start: Int, _ end: Int, in bytes: [UInt8]) -> Int {
        var position = start
        while position < end {
            let head = at(position, end, in: bytes)
            guard head.class == kind else { break }
            position += head.length
        }
        return position
    }

    private static func numberEnd(_ start: Int, _ end: Int, in bytes: [UInt8], rest: Int) -> Int {
        var position = start
        for _ in 0..<rest where position < end {
            let head = at(position, end, in: bytes)
            guard head.class == .number else { break }
            position += head.length
        }
        return position
    }

    /// Up to the run's last line break; without one, all of a run that ends the text, or all but its last character.
    private static func whitespaceEnd(_ start: Int, _ end: Int, in bytes: [UInt8]) -> Int {
        var (position, last) = (start, start)
        var breakEnd: Int?
        while position < end {
            let head = at(position, end, in: bytes)
            guard head.class.isWhitespace else { return breakEnd ?? (last == start ? position : last) }
            last = position
            position += head.length
            if head.class == .newline { breakEnd = position }
        }
        return breakEnd ?? end
    }

    /// Contractions in either case; ſ (U+017F) is an s without regard to case.
    private static func contractionEnd(_ start: Int, _ end: Int, in bytes: [UInt8]) -> Int? {
        guard bytes[start] == UInt8(ascii: "'"), start + 1 < end else { return nil }
        switch bytes[start + 1] | 0x20 {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return start + 2
        case let first where start + 2 < end:
            if bytes[start + 1] == 0xc5 && bytes[start + 2] == 0xbf { return start + 3 }
            switch (first, bytes[start + 2] | 0x20) {
            case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
                (UInt8(ascii: "l"), UInt8(ascii: "l")):
                return start + 3
            default: return nil
            }
        default: return nil
        }
    }
}
