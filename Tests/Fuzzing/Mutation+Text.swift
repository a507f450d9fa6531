public import Basics

extension Mutation {
    private static let words = [
        "0", "-1", "1", "2", "4294967296", "1099511627776", "1000000", "16777216", "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615", "-9223372036854775808", "1e308", "1e-400", "0.5", "null", "true", "false", "\"\"",
        "\"F16\"", "\"BF16\"", "\"I64\"", "\"../x.safetensors\"", "\"/etc/passwd\"", "[]", "{}", "[[[[]]]]",
        "\"\\ud800\"", "\"\\u0000\"", "\"a\"",
    ]

    /// A copy of a JSON text in which one to three of its words are others, twice there, or gone; or with damaged bytes.
    public static func text(_ whole: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        guard Int.random(in: 0..<4, using: &generator) > 0 else {
            return bytes(whole, focus: 0..<whole.count, using: &generator)
        }
        var words = split(whole)
        for _ in 0..<Int.random(in: 1...3, using: &generator) where !words.isEmpty {
            let place = Int.random(in: words.indices, using: &generator)
            let other = words[Int.random(in: words.indices, using: &generator)]
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: words.remove(at: place)
            case 1: words.insert(words[place], at: place)
            case 2: words[place] = other
            case 3:
                // A member twice, or a part moved.
                let end = min(place + Int.random(in: 1...8, using: &generator), words.count)
                words.insert(contentsOf: words[place..<end], at: Int.random(in: words.indices, using: &generator))
            case 4:
                let depth = Int.random(in: 1...200, using: &generator)
                words.insert(contentsOf: Array(repeating: Array("[".utf8), count: depth), at: place)
            default:
                // Numbers, strings and literals become others; marks stay, so that the text is often still JSON.
                let values = words.indices.filter { words[$0].count > 1 || (0x30...0x39).contains(words[$0][0]) }
                guard !values.isEmpty else { continue }
                let value = values[Int.random(in: values.indices, using: &generator)]
                words[value] = Array(self.words[Int.random(in: self.words.indices, using: &generator)].utf8)
            }
        }
        return Array(words.joined())
    }

    /// Strings, runs of letters and digits, and single marks.
    private static func split(_ text: [UInt8]) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var isString = false
        var isWord = false
        for byte in text {
            let isMark = !isString && "{}[],: \n".utf8.contains(byte)
            if isWord && !isMark { words[words.count - 1].append(byte) } else { words.append([byte]) }
            if byte == UInt8(ascii: "\"") { isString.toggle() }
            isWord = !isMark && !(byte == UInt8(ascii: "\"") && !isString)
        }
        return words
    }
}
