import BigInt

/// Cuts an answer's text into tokens.
struct AnswerLexer {
    private let bytes: [UInt8]
    private var place = 0
    private var tokens: [PlacedToken] = []
    private var isSpaced = false
    /// How many `\text{…}` this text is in.
    private let depth: Int
    /// Brackets that are open: within them `1,234` is two numbers.
    private var bracketDepth = 0

    /// Cuts a text whose characters are spelt out.
    ///
    /// - Returns: its tokens; nil if it holds what no token has.
    /// - Throws: `GradingError` if a number has too many digits.
    static func tokens(of bytes: [UInt8]) throws(GradingError) -> [PlacedToken]? {
        try tokens(of: bytes, depth: 0)
    }

    private static func tokens(of bytes: [UInt8], depth: Int) throws(GradingError) -> [PlacedToken]? {
        var lexer = AnswerLexer(bytes, depth)
        return try lexer.run() ? lexer.tokens : nil
    }

    private init(_ bytes: [UInt8], _ depth: Int) {
        self.bytes = bytes
        self.depth = depth
    }

    private mutating func run() throws(GradingError) -> Bool {
        while place < bytes.count {
            let byte = bytes[place]
            if Ascii.isSpace(byte) || byte == UInt8(ascii: "~") {
                isSpaced = true
                place += 1
            } else if Ascii.isDigit(byte) || (byte == UInt8(ascii: ".") && next().map(Ascii.isDigit) == true) {
                try number()
            } else if Ascii.isLetter(byte) || byte >= 0x80 {
                let start = place
                while place < bytes.count, Ascii.isLetter(bytes[place]) || bytes[place] >= 0x80 { place += 1 }
                append(.letters(String(decoding: bytes[start..<place], as: UTF8.self)))
            } else if byte == UInt8(ascii: "\\") {
                try command()
            } else {
                let character = Character(Unicode.Scalar(byte))
                guard "+-*/^_()[]{}|!%=<>,;:&'$#@\"?.`".contains(character) else { return false }
                if "([".contains(character) { bracketDepth += 1 }
                if ")]".contains(character) { bracketDepth -= 1 }
                append(.mark(character))
                place += 1
            }
        }
        return true
    }

    private func next(_ distance: Int = 1) -> UInt8? {
        place + distance < bytes.count ? bytes[place + distance] : nil
    }

    private mutating func append(_ token: Token) {
        tokens.append(PlacedToken(token: token, isSpaced: isSpaced))
        isSpaced = false
    }

    // MARK: Numbers

    /// Digits, in groups of three if each group but the first is whole and they are parted alike; then perhaps a point.
    private mutating func number() throws(GradingError) {
        var digits = takeDigits()
        if (1...3).contains(digits.count), digits.first != UInt8(ascii: "0") || digits.count == 1 {
            let separators: [[UInt8]] =
                Self.separators.filter { bracketDepth <= 0 || $0 != [UInt8(ascii: ",")] }
            for separator in separators where isGroup(at: place, after: separator) {
                while isGroup(at: place, after: separator) {
                    digits += bytes[(place + separator.count)..<(place + separator.count + 3)]
                    place += separator.count + 3
                }
                break
            }
        }
        var decimals: Int?
        if place < bytes.count, bytes[place] == UInt8(ascii: "."), !digits.isEmpty || next().map(Ascii.isDigit) == true
        {
            // A point at the end of a sentence is none of the number's.
            if next().map(Ascii.isDigit) == true
                || next().map({ !Ascii.isSpace($0) && $0 != UInt8(ascii: "\\") }) == true
            {
                place += 1
                let fraction = takeDigits()
                decimals = fraction.count
                digits += fraction
            }
        }
        try check(digits: digits.count)
        let exponent = try takeExponent()
        let scale = (decimals ?? 0) - exponent
        guard let whole = BigInt(String(decoding: digits, as: UTF8.self)) else { return }
        let value =
            scale > 0 ? Rational(whole, over: BigInt(10).power(scale)) ?? 0 : Rational(whole * BigInt(10).power(-scale))
        append(
            .number(
                NumberLiteral(value: value, digits: digits.count, decimals: scale > 0 ? scale : decimals.map { _ in 0 })
            ))
    }

    /// The exponent of `1.5e3`; 0 without one.
    private mutating func takeExponent() throws(GradingError) -> Int {
        guard place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") else { return 0 }
        var end = place + 1
        let isNegative = end < bytes.count && bytes[end] == UInt8(ascii: "-")
        if end < bytes.count, isNegative || bytes[end] == UInt8(ascii: "+") { end += 1 }
        let start = end
        while end < bytes.count, Ascii.isDigit(bytes[end]) { end += 1 }
        guard end > start, end == bytes.count || !Ascii.isLetter(bytes[end]) else { return 0 }
        place = end
        guard end - start <= 6, let exponent = Int(String(decoding: bytes[start..<end], as: UTF8.self)) else {
            throw tooManyDigits("an exponent of \(end - start) digits")
        }
        try check(digits: exponent)
        return isNegative ? -exponent : exponent
    }

    private func check(digits: Int) throws(GradingError) {
        guard digits * 10 / 3 <= Limits.bits else { throw tooManyDigits("\(digits)") }
    }

    private func tooManyDigits(_ got: String) -> GradingError {
        GradingError(
            .tooLarge, "A number has at most \(Limits.bits * 3 / 10) digits; got \(got). State it as a power.")
    }

    private mutating func takeDigits() -> [UInt8] {
        let start = place
        while place < bytes.count, Ascii.isDigit(bytes[place]) { place += 1 }
        return Array(bytes[start..<place])
    }

    /// Whether a separator and exactly three digits stand here.
    private func isGroup(at place: Int, after separator: [UInt8]) -> Bool {
        let end = place + separator.count + 3
        guard end <= bytes.count, bytes[place..<(place + separator.count)].elementsEqual(separator),
            bytes[(place + separator.count)..<end].allSatisfy(Ascii.isDigit)
        else { return false }
        return end == bytes.count || !Ascii.isDigit(bytes[end])
    }

    private static let separators = [
        ",", "{,}", "\\,", "\\!", ",\\!", "{,}\\!", ",\\! ", ",\\,", "\\;", "\\:", " ", "\\ ",
    ].map { Array($0.utf8) }

    // MARK: Commands

    /// Whether a text holds words, and is not such as `42`, `(A), (C)` and `A and C`.
    private static func isWording(_ content: String) -> Bool {
        if content.utf8.contains(where: { Ascii.isDigit($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "(") }) {
            return false
        }
        let words = content.split { !$0.isLetter }
        return !words.contains { $0 == "and" || $0 == "or" }
            || words.contains { $0.count > 1 && $0 != "and" && $0 != "or" }
    }

    private mutating func command() throws(GradingError) {
        place += 1
        guard place < bytes.count else { return }
        guard Ascii.isLetter(bytes[place]) else {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\\"): append(.row)
            case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "!"), UInt8(ascii: ":"), UInt8(ascii: " "),
                UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ">"):
                isSpaced = true
            case UInt8(ascii: "["), UInt8(ascii: "]"): isSpaced = true
            // An escaped brace is one that shows.
            case UInt8(ascii: "{"):
                bracketDepth += 1
                append(.command("lbrace"))
            case UInt8(ascii: "}"):
                bracketDepth -= 1
                append(.command("rbrace"))
            case UInt8(ascii: "$"): append(.command("dollar"))
            case UInt8(ascii: "|"): append(.command("Vert"))
            default: append(.mark(Character(Unicode.Scalar(byte))))
            }
            return
        }
        let start = place
        while place < bytes.count, Ascii.isLetter(bytes[place]) { place += 1 }
        let name = String(decoding: bytes[start..<place], as: UTF8.self)
        if name == "mathbf", bytes[place...].starts(with: Array("{R}".utf8)) {
            place += 3
            append(.command("reals"))
        } else if Self.dropped.contains(name) {
            isSpaced = true
        } else if Self.textual.contains(name), let content = takeGroup() {
            if depth < 4, !Self.isWording(content),
                let inner = try Self.tokens(of: Array(content.utf8), depth: depth + 1)
            {
                tokens += inner
                isSpaced = false
            } else {
                append(.text(content))
            }
        } else {
            let name = Self.synonyms[name] ?? name
            let isMark = name.utf8.count == 1 && !Ascii.isLetter(name.utf8.first ?? 0)
            append(isMark ? .mark(Character(name)) : .command(name))
        }
    }

    /// The content of a group in braces, if one begins here.
    private mutating func takeGroup() -> String? {
        var start = place
        while start < bytes.count, Ascii.isSpace(bytes[start]) { start += 1 }
        guard start < bytes.count, bytes[start] == UInt8(ascii: "{") else { return nil }
        var depth = 0
        for index in start..<bytes.count {
            if bytes[index] == UInt8(ascii: "{") { depth += 1 }
            if bytes[index] == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 {
                    place = index + 1
                    return String(decoding: bytes[(start + 1)..<index], as: UTF8.self)
                }
            }
        }
        return nil
    }

    /// Commands that change only how something looks.
    private static let dropped: Set<String> = [
        "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "displaystyle",
        "textstyle", "scriptstyle", "quad", "qquad", "limits", "middle", "hspace", "thinspace", "enspace", "nobreak",
        "boldsymbol", "bm", "mathbf", "mathit", "mathsf", "mathnormal", "cal", "mathcal", "vec", "boxed", "fbox",
        "rm", "bf", "it",
    ]

    /// Whether a command changes only how something looks.
    static func changesLooksOnly(_ name: String) -> Bool { dropped.contains(name) || textual.contains(name) }

    private static let textual: Set<String> = [
        "text", "textbf", "textit", "textrm", "textsf", "texttt", "mathrm", "mbox", "hbox", "operatorname", "emph",
        "textnormal",
        "underline", "mathop",
    ]

    static let synonyms = [
        "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "dbinom": "binom", "tbinom": "binom", "leq": "le",
        "leqslant": "le",
        "geq": "ge", "geqslant": "ge", "neq": "ne", "lt": "<", "gt": ">", "varnothing": "emptyset", "degree": "circ",
        "degrees": "circ", "to": "rightarrow", "div": "/", "ast": "*", "cdotp": "cdot", "land": "and", "lor": "or",
        "wedge": "and", "vee": "or", "infinity": "infty", "lvert": "|", "rvert": "|", "vert": "|", "mid": "|",
        "arccos": "arccos",
        "varphi": "phi", "varepsilon": "epsilon", "vartheta": "theta", "smallsetminus": "setminus",
        "backslash": "setminus",
        "colon": ":", "dots": "ldots", "cdots": "ldots", "R": "reals", "lbrack": "[", "rbrack": "]",
        "approxeq": "approx",
    ]
}

/// Classes of bytes.
enum Ascii {
    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
    static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
