/// Reads a formula from its tokens, by precedence climbing.
struct FormulaParser {
    private let tokens: [FormulaToken]
    private var place = 0
    private var depth = 0
    private var nodes = 0

    init(_ tokens: [FormulaToken]) { self.tokens = tokens }

    /// Reads all of the tokens as one formula.
    ///
    /// - Throws: `ProblemsError` with `unreadableFormula`.
    mutating func formula() throws(ProblemsError) -> Formula {
        let formula = try expression(precedence: 0)
        guard place == tokens.count else { throw unexpected("an operator or the end") }
        return formula
    }

    private mutating func expression(precedence: Int) throws(ProblemsError) -> Formula {
        var left = try operand()
        while case .symbol(let symbol)? = next, symbol.precedence >= precedence {
            place += 1
            let right = try expression(precedence: symbol.precedence + 1)
            left = try counted(.binary(symbol, left, right))
        }
        return left
    }

    /// Reads a constant, a column, a call, or an expression in brackets, with signs before it.
    private mutating func operand() throws(ProblemsError) -> Formula {
        depth += 1
        defer { depth -= 1 }
        guard depth <= FormulaLimits.depth else {
            throw ProblemsError(
                .unreadableFormula,
                "Brackets, calls and signs are at most \(FormulaLimits.depth) deep; got more. Use steps.")
        }
        guard let token = next else { throw unexpected("an operand") }
        place += 1
        switch token {
        case .number(let number): return try counted(.number(number))
        case .text(let text): return try counted(.text(text))
        case .column(let name): return try counted(.column(name))
        case .word(let word): return try counted(call(word))
        case .symbol(.subtract): return try counted(.negation(operand()))
        case .open:
            let inside = try expression(precedence: 0)
            try take(.close, "a closing bracket")
            return inside
        case .symbol, .close, .comma:
            place -= 1
            throw unexpected("an operand")
        }
    }

    private mutating func call(_ word: String) throws(ProblemsError) -> Formula {
        if word == "TRUE" || word == "FALSE" { return .truth(word == "TRUE") }
        guard let function = FormulaFunction(rawValue: word) else {
            let names = FormulaFunction.allCases.map(\.rawValue).joined(separator: ", ")
            throw ProblemsError(
                .unreadableFormula, "A function must be one of: \(names); got \"\(word.prefix(24))\". Use one of them.")
        }
        try take(.open, "an opening bracket")
        var arguments = [try expression(precedence: 0)]
        while next == .comma {
            place += 1
            arguments.append(try expression(precedence: 0))
        }
        try take(.close, "a comma or a closing bracket")
        guard function.argumentCount.contains(arguments.count) else {
            throw ProblemsError(
                .unreadableFormula,
                "\(word) takes \(text(function.argumentCount)) arguments; got \(arguments.count). Give it as many.")
        }
        if function.isAggregate {
            guard case .column = arguments[0] else {
                throw ProblemsError(
                    .unreadableFormula,
                    "\(word) takes the name of a column; got \"\(arguments[0])\". Make that a column in a step.")
            }
        }
        return .call(function, arguments)
    }

    private var next: FormulaToken? { place < tokens.count ? tokens[place] : nil }

    private mutating func take(_ token: FormulaToken, _ name: String) throws(ProblemsError) {
        guard next == token else { throw unexpected(name) }
        place += 1
    }

    private mutating func counted(_ formula: Formula) throws(ProblemsError) -> Formula {
        nodes += 1
        guard nodes <= FormulaLimits.nodes else {
            throw ProblemsError(
                .unreadableFormula, "A formula has at most \(FormulaLimits.nodes) parts; got more. Use steps.")
        }
        return formula
    }

    private func unexpected(_ wanted: String) -> ProblemsError {
        ProblemsError(
            .unreadableFormula,
            "A formula needs \(wanted) after its first \(place) parts; got \(place < tokens.count ? "another part" : "its end"). "
                + "Correct it there.")
    }
}
