/// The pieces of `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
///
/// - Source: Radford et al. 2019 (GPT-2), the published encoder's expression.
enum GPT2Pieces {
    /// The end of the piece that begins at `start`.
    ///
    /// - Parameter splitsNumbers: whether every number character is a piece of its own and ends the text before it.
    static func pieceEnd(_ start: Int, _ end: Int, in bytes: [UInt8], splitsNumbers: Bool) -> Int {
        var head = CharacterClass.at(start, end, in: bytes)
        if splitsNumbers, head.class.isNumeric { return start + head.length }
        if let end = contractionEnd(start, end, in: bytes) { return end }
        var position = start
        if bytes[start] == UInt8(ascii: " "), start + 1 < end {
            let next = CharacterClass.at(start + 1, end, in: bytes)
            if !next.class.isWhitespace && !(splitsNumbers && next.class.isNumeric) {
                position += 1
                head = next
            }
        }
        if head.class.isWhitespace { return whitespaceEnd(start, end, in: bytes, splitsNumbers: splitsNumbers) }
        let first = head.class == .recentNumber ? .other : head.class
        repeat {
            position += head.length
            guard position < end else { return end }
            head = CharacterClass.at(position, end, in: bytes)
            if head.class == .recentNumber && !splitsNumbers { head.class = .other }
        } while head.class == first
        return position
    }

    /// All of the whitespace at the end of the text, and all but its last character before anything else.
    private static func whitespaceEnd(_ start: Int, _ end: Int, in bytes: [UInt8], splitsNumbers: Bool) -> Int {
        var (position, last) = (start, start)
        while position < end {
            let head = CharacterClass.at(position, end, in: bytes)
            guard head.class.isWhitespace else {
                return last == start || (splitsNumbers && head.class.isNumeric) ? position : last
            }
            last = position
            position += head.length
        }
        return end
    }

    private static func contractionEnd(_ start: Int, _ end: Int, in bytes: [UInt8]) -> Int? {
        guard bytes[start] == UInt8(ascii: "'"), start + 1 < end else { return nil }
        switch bytes[start + 1] {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return start + 2
        case let first where start + 2 < end:
            switch (first, bytes[start + 2]) {
            case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
                (UInt8(ascii: "l"), UInt8(ascii: "l")):
                return start + 3
            default: return nil
            }
        default: return nil
        }
    }
}
