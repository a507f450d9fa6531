import BigInt

extension AnswerReader {
    /// The expression that a command, which was just taken, begins.
    mutating func command(_ name: String) throws -> Expression {
        if let constant = Names.constants[name] { return .constant(constant) }
        if Names.greek.contains(name) { return try subscripted(name) }
        switch name {
        case "frac": return .quotient(try argument(), try argument())
        case "binom": return .function(.binomial, [try argument(), try argument()])
        case "sqrt": return try root()
        case "exp":
            guard let exponent = try arguments().first else { throw Unreadable() }
            return .power(.constant(.e), exponent)
        case "lfloor": return .function(.floor, [try closed(by: .command("rfloor"))])
        case "lceil": return .function(.ceiling, [try closed(by: .command("rceil"))])
        case "overline", "mathbb": return try marked(name)
        default:
            guard let function = Names.functions[name] else { throw Unreadable() }
            return try application(of: function, named: name)
        }
    }

    private mutating func closed(by end: Token) throws -> Expression {
        let expression = try sum()
        try expect(end)
        return expression
    }

    /// `\overline{AB}` and `\mathbb{Z}`: a symbol.
    private mutating func marked(_ name: String) throws -> Expression {
        guard let pair = brackets[place] else { throw Unreadable() }
        defer { place = pair.close + 1 }
        return .symbol(name + " " + tokens[(place + 1)..<pair.close].map { Names.spelling($0.token) }.joined())
    }

    /// What follows `\frac` or `\sqrt`: a group, or one digit, letter or command.
    private mutating func argument() throws -> Expression {
        if token == .mark("{") { return try group() }
        if case .number(let literal) = token, literal.decimals == nil {
            // `\frac12` is one half: each takes one digit.
            return .number(try takeDigit())
        }
        if case .letters(let word) = token, word.utf8.count == 1 {
            place += 1
            return Names.constants[word].map(Expression.constant) ?? .symbol(word)
        }
        guard case .command = token else { throw Unreadable() }
        return try descend { try $0.power() }
    }

    /// One digit of the number that is next; the others stay.
    private mutating func takeDigit() throws -> Rational {
        guard case .number(let literal) = token else { throw Unreadable() }
        let digits =
            String(repeating: "0", count: literal.digits - literal.value.description.utf8.count)
            + literal.value.description
        guard digits.utf8.count > 1 else {
            place += 1
            return literal.value
        }
        guard let first = digits.first?.wholeNumberValue, let rest = BigInt(digits.dropFirst()) else {
            throw Unreadable()
        }
        tokens[place] = PlacedToken(
            token: .number(NumberLiteral(value: Rational(rest), digits: digits.count - 1, decimals: nil)),
            isSpaced: false)
        return Rational(first)
    }

    /// `\sqrt{…}`, `\sqrt[n]{…}`, and `sqrt(…)` of plain text.
    private mutating func root() throws -> Expression {
        var degree = 2
        if token == .mark("["), let pair = brackets[place], case .number(let literal) = token(after: 1),
            pair.close == place + 2
        {
            guard let value = literal.value.machineInteger, (2...64).contains(value) else { throw Unreadable() }
            degree = value
            place = pair.close + 1
        }
        if token == .mark("(") { return .root(try descend { try $0.power() }, degree: degree) }
        if case .number(let literal) = token, literal.decimals == nil,
            isSpaced || literal.value.machineInteger.map({ $0 > 9 }) == true
        {
            place += 1
            return .root(.number(literal.value), degree: degree)
        }
        return .root(try argument(), degree: degree)
    }

    /// A function, perhaps with an exponent or a base, and its argument with or without brackets.
    private mutating func application(of function: Expression.Function, named name: String) throws -> Expression {
        var exponent: Expression?
        var base: Expression?
        while true {
            if base == nil, take(.mark("_")) {
                base = try argument()
            } else if exponent == nil, take(.mark("^")) {
                exponent = token == .mark("{") ? try group() : try argument()
            } else {
                break
            }
        }
        let arguments = try arguments()
        guard let first = arguments.first else { throw Unreadable() }
        var result: Expression
        switch function {
        case .log where base != nil: result = .function(.log, [base ?? .zero, first])
        // Without a base it is the one of ten in `lg`, and the natural one elsewhere, as mathematicians write it.
        case .log: result = name == "lg" ? .function(.log, [.number(10), first]) : .function(.ln, [first])
        case .gcd, .lcm, .minimum, .maximum: result = .function(function, arguments)
        default:
            guard arguments.count == 1 else { throw Unreadable() }
            result = .function(function, arguments)
        }
        if let exponent {
            // sin^{-1} is the inverse function and sin^2 is a square.
            if exponent == .number(-1), let inverse = function.inverse {
                result = .function(inverse, arguments)
            } else {
                result = .power(result, exponent)
            }
        }
        return result
    }

    /// Arguments in brackets, or all factors up to the next function, sign or end.
    private mutating func arguments() throws -> [Expression] {
        if token == .mark("("), let pair = brackets[place] {
            place += 1
            var arguments: [Expression] = []
            while place < pair.close {
                arguments.append(try sum())
                guard place == pair.close || take(.mark(",")) else { throw Unreadable() }
            }
            place = pair.close + 1
            return arguments
        }
        if token == .mark("{") { return [try group()] }
        return try descend { reader in
            var argument = try reader.power()
            while reader.startsSimpleFactor { argument = .product([argument, try reader.power()]) }
            if reader.token == .mark("/"), case .number = reader.token(after: 1) {
                reader.place += 1
                argument = .quotient(argument, try reader.power())
            }
            return [argument]
        }
    }

    /// Whether a factor begins that belongs to the argument of a function without brackets.
    private var startsSimpleFactor: Bool {
        switch token {
        case .letters(let word): word.utf8.count == 1 || word == "pi"
        case .command(let name): Names.greek.contains(name) || name == "pi" || name == "frac"
        default: false
        }
    }

    /// The repeating decimal that goes on behind a literal, `0.1\overline{6}`; nil if none does.
    mutating func repeating(_ literal: NumberLiteral) throws -> Expression? {
        let start = place
        if literal.decimals == nil, !take(.mark(".")) { return nil }
        guard take(.command("overline")) || take(.command("bar")) || take(.command("dot")),
            token == .mark("{"), case .number(let period) = token(after: 1), period.decimals == nil,
            token(after: 2) == .mark("}")
        else {
            place = start
            return nil
        }
        // Leading zeros of the period count, and a literal has lost them.
        guard period.digits <= 1_000 else { throw Unreadable() }
        place += 3
        guard let scale = Rational(10).power(literal.decimals ?? 0, bitLimit: Limits.bits),
            let nines = Rational(10).power(period.digits, bitLimit: Limits.bits),
            let part = period.value.dividing(by: (nines - 1) * scale)
        else { throw Unreadable() }
        return .number(literal.value + part)
    }
}

extension Expression.Function {
    /// The inverse of a trigonometric function.
    var inverse: Expression.Function? {
        switch self {
        case .sin: .arcsin
        case .cos: .arccos
        case .tan: .arctan
        default: nil
        }
    }
}
