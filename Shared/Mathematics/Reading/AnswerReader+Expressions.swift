extension AnswerReader {
    // MARK: Sums and products

    /// Terms with `+`, `-` or `±` between them.
    mutating func sum() throws -> Expression {
        try descend { reader in
            var terms = [try reader.product()]
            while true {
                if reader.take(.mark("+")) {
                    terms.append(try reader.product())
                } else if reader.take(.mark("-")) {
                    terms.append(try reader.product().negated)
                } else if reader.take(.command("pm")) {
                    let term = try reader.product()
                    terms.append(reader.sign > 0 ? term : term.negated)
                } else if reader.take(.command("mp")) {
                    let term = try reader.product()
                    terms.append(reader.sign > 0 ? term.negated : term)
                } else {
                    return terms.count == 1 ? terms[0] : .sum(terms)
                }
            }
        }
    }

    /// Factors with a sign of multiplication or division between them, or none. All that is divided by goes into one
    /// denominator, so that the expression does not get deeper with each sign.
    private mutating func product() throws -> Expression {
        var above = [try signed()]
        var below: [Expression] = []
        while true {
            if take(.mark("*")) || take(.command("times")) || take(.command("cdot")) || takeLetterTimes() {
                above.append(try signed())
            } else if take(.mark("/")) {
                below.append(try signed())
            } else if startsFactor, !isUnitAhead {
                if above.count == 1, below.isEmpty, let mixed = try mixedNumber(above[0]) {
                    above[0] = mixed
                } else {
                    // `1/2x` is half of x.
                    above.append(try power())
                }
            } else {
                let numerator = above.count == 1 ? above[0] : .product(above)
                guard let first = below.first else { return numerator }
                return .quotient(numerator, below.count == 1 ? first : .product(below))
            }
        }
    }

    /// The letter x as a sign of multiplication before a power of ten: `1.5 x 10^3`.
    private mutating func takeLetterTimes() -> Bool {
        guard token == .letters("x"), case .number(let literal) = token(after: 1), literal.value == 10,
            token(after: 2) == .mark("^")
        else { return false }
        place += 1
        return true
    }

    /// `2\frac{1}{2}` and `2 1/2`: an integer with a proper fraction behind it.
    private mutating func mixedNumber(_ whole: Expression) throws -> Expression? {
        guard place > 0, case .number(let before) = tokens[place - 1].token, before.decimals == nil else { return nil }
        let (isNegative, value): (Bool, Rational)
        switch whole {
        case .number(let number): (isNegative, value) = (number.sign < 0, number)
        default: return nil
        }
        guard value.magnitude == before.value else { return nil }
        let fraction: Rational?
        let start = place
        if take(.command("frac")) {
            if case .quotient(.number(let above), .number(let below)) = try command("frac") {
                fraction = above.dividing(by: below)
            } else {
                fraction = nil
            }
        } else if case .number(let above) = token, token(after: 1) == .mark("/"),
            case .number(let below) = token(after: 2)
        {
            place += 3
            fraction = above.value.dividing(by: below.value)
        } else {
            fraction = nil
        }
        guard let fraction, fraction.sign > 0, fraction < 1 else {
            place = start
            return nil
        }
        let mixed = Expression.number(isNegative ? value - fraction : value + fraction)
        return takeDegrees() ? .product([mixed, .constant(.degree)]) : mixed
    }

    /// Whether a factor begins here that is multiplied without a sign.
    private var startsFactor: Bool {
        switch token {
        case .number: place == 0 || !isAfterNumber || isMixed
        case .letters(let word): !isSeparator && !isScale && (Names.isFactor(word) || (!isSpaced && isAfterFactor))
        case .command(let name): Names.factors.contains(name)
        case .text(let word): Names.constants[word.trimmed] != nil
        case .mark("("), .mark("{"): true
        case .mark("["): false
        case .mark("|"): openBars == 0 && hasBarAhead
        default: false
        }
    }

    /// Whether a scale of temperature stands here, `100^\circ C`.
    private var isScale: Bool {
        guard place > 1, token == .letters("C") || token == .letters("F") else { return false }
        return tokens[place - 1].token == .command("circ") || tokens[place - 2].token == .command("circ")
    }

    private var isAfterNumber: Bool {
        if place > 0, case .number = tokens[place - 1].token { true } else { false }
    }

    private var isAfterFactor: Bool {
        guard place > 0 else { return false }
        return switch tokens[place - 1].token {
        case .number, .mark(")"), .mark("}"): true
        default: false
        }
    }

    private var isMixed: Bool {
        if case .number = token, isSpaced, token(after: 1) == .mark("/"), case .number = token(after: 2) {
            true
        } else {
            false
        }
    }

    private var hasBarAhead: Bool { tokens[(place + 1)...].contains { $0.token == .mark("|") } }

    /// A factor with any signs before it.
    private mutating func signed() throws -> Expression {
        try descend { reader in
            if reader.take(.mark("-")) { return try reader.signed().negated }
            if reader.take(.mark("+")) { return try reader.signed() }
            if reader.take(.command("pm")) {
                let operand = try reader.signed()
                return reader.sign > 0 ? operand : operand.negated
            }
            if reader.take(.command("mp")) {
                let operand = try reader.signed()
                return reader.sign > 0 ? operand.negated : operand
            }
            return try reader.power()
        }
    }

    // MARK: Powers

    /// A factor with its exponent, factorials, degrees and subscripts.
    mutating func power() throws -> Expression {
        try descend { reader in
            var base = try reader.primary()
            for _ in 0..<Limits.nesting {
                if reader.token == .mark("!"), !reader.isUnequal {
                    reader.place += 1
                    base = .function(.factorial, [base])
                } else if reader.takeBaseTen() {
                    continue
                } else if reader.takeDegrees() {
                    base = .product([base, .constant(.degree)])
                } else if reader.takeExponentMark() {
                    base = .power(base, try reader.exponent())
                } else {
                    return base
                }
            }
            throw Self.tooDeep
        }
    }

    /// Whether `!=` stands here, and no factorial with an equation behind it, `4! = 24`.
    var isUnequal: Bool {
        isSpaced && token == .mark("!") && token(after: 1) == .mark("=") && !tokens[place + 1].isSpaced
    }

    /// The base of an ordinary number, `12_{10}`.
    private mutating func takeBaseTen() -> Bool {
        guard token == .mark("_"), place > 0, case .number = tokens[place - 1].token else { return false }
        let isGroup = token(after: 1) == .mark("{")
        guard case .number(let base) = token(after: isGroup ? 2 : 1), base.value == 10 else { return false }
        place += isGroup ? 4 : 2
        return true
    }

    /// `^`, or the `**` of programs.
    private mutating func takeExponentMark() -> Bool {
        if take(.mark("^")) { return true }
        guard token == .mark("*"), token(after: 1) == .mark("*") else { return false }
        place += 2
        return true
    }

    /// `^\circ`, `^{\circ}`, `\circ`.
    private mutating func takeDegrees() -> Bool {
        if take(.command("circ")) { return true }
        guard token == .mark("^") else { return false }
        if token(after: 1) == .command("circ") {
            place += 2
            return true
        }
        guard token(after: 1) == .mark("{"), token(after: 2) == .command("circ"), token(after: 3) == .mark("}") else {
            return false
        }
        place += 4
        return true
    }

    private mutating func exponent() throws -> Expression {
        if token == .mark("{") { return try group() }
        // `x^10` in plain text is a power of ten; in LaTeX it would be x to the 1 times 0, which nobody means.
        if take(.mark("-")) { return try exponent().negated }
        return try descend { reader in
            let base = try reader.primary()
            // Exponents bind to the right.
            return reader.takeExponentMark() ? .power(base, try reader.exponent()) : base
        }
    }

    // MARK: Primaries

    /// An expression in braces.
    mutating func group() throws -> Expression {
        try expect(.mark("{"))
        var expression = try sum()
        // The forms of plain TeX, `{a \over b}` and `{n \choose k}`.
        if take(.command("over")) {
            expression = .quotient(expression, try sum())
        } else if take(.command("choose")) {
            expression = .function(.binomial, [expression, try sum()])
        }
        try expect(.mark("}"))
        return expression
    }

    private mutating func primary() throws -> Expression {
        let start = place
        switch token {
        case .number(let literal):
            place += 1
            return try repeating(literal) ?? .number(literal.value)
        case .letters(let word):
            place += 1
            return try letters(word)
        case .text(let word):
            // `\mathrm{e}`, `\text{(C)}`, `\operatorname{lcm}`
            place += 1
            let name = word.filter { $0.isLetter }
            if Names.functions[name] != nil { return try command(name) }
            guard name.utf8.count == 1, word.allSatisfy({ $0.isLetter || " ().".contains($0) }) else {
                throw Unreadable()
            }
            return try letters(name)
        case .command(let name):
            place += 1
            return try command(name)
        case .mark("{"): return try group()
        case .mark("("), .mark("["):
            guard let pair = brackets[place] else { throw Unreadable() }
            place += 1
            let bars = openBars
            openBars = 0
            defer { openBars = bars }
            let expression = try sum()
            guard place == pair.close, token == (tokens[start].token == .mark("(") ? .mark(")") : .mark("]")) else {
                throw Unreadable()
            }
            place += 1
            return expression
        case .mark("|"):
            place += 1
            openBars += 1
            defer { openBars -= 1 }
            let expression = try sum()
            try expect(.mark("|"))
            return .function(.absolute, [expression])
        default: throw Unreadable()
        }
    }

    /// Letters without a backslash: a name, or symbols side by side.
    private mutating func letters(_ word: String) throws -> Expression {
        if let constant = Names.constants[word] { return .constant(constant) }
        if Names.functions[word] != nil || word == "sqrt" || word == "exp" { return try command(word) }
        if word.count == 1 { return try subscripted(word) }
        guard word.utf8.count == word.count, word.utf8.count <= 8, !Names.words.contains(word.lowercased()),
            word.utf8.count == 2 || isSymbols(at: place - 1)
        else { throw Unreadable() }
        var factors = word.dropLast().map {
            Names.constants[String($0)].map(Expression.constant) ?? .symbol(String($0))
        }
        factors.append(try letters(String(word.suffix(1))))
        return .product(factors)
    }

    /// Whether letters in a row are symbols, as in `2abc` and `xyz^2`, and no word.
    private func isSymbols(at place: Int) -> Bool {
        if place + 1 < tokens.count, tokens[place + 1].token == .mark("^") { return true }
        guard place > 0, !tokens[place].isSpaced, case .number = tokens[place - 1].token else { return false }
        return true
    }

    /// A symbol with its subscript and primes, which are parts of its name.
    mutating func subscripted(_ name: String) throws -> Expression {
        var name = name
        while true {
            if take(.mark("'")) {
                name += "'"
            } else if take(.mark("_")) {
                let start = place
                if let pair = brackets[place] { place = pair.close + 1 } else { place += 1 }
                guard place <= tokens.count else { throw Unreadable() }
                name +=
                    "_"
                    + tokens[start..<place].map(\.token).filter { $0 != .mark("{") && $0 != .mark("}") }
                    .map(Names.spelling).joined()
            } else {
                return .symbol(name)
            }
        }
    }
}
