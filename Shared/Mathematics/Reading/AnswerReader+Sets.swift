extension AnswerReader {
    // MARK: Sets, tuples, matrices

    /// Something in brackets with separators between its parts, a named set or a matrix; nil if the next thing is none, and
    /// then nothing was taken.
    mutating func setOperand() throws -> Answer? {
        switch token {
        case .command("emptyset"):
            place += 1
            return .list([])
        case .command("reals"):
            place += 1
            return .reals
        case .command("mathbb"): return takeNamedSet()
        case .command("begin"): return try matrix()
        case .command("lbrace"), .mark("{"), .mark("("), .mark("["), .command("langle"):
            guard let pair = brackets[place] else { return nil }
            if token(after: 1) == .command("begin") { return try matrix(in: pair) }
            return try bracketed(pair)
        default: return nil
        }
    }

    /// `\mathbb{R}`; other such sets are symbols.
    private mutating func takeNamedSet() -> Answer? {
        let isGroup = token(after: 1) == .mark("{")
        guard token(after: isGroup ? 2 : 1) == .letters("R") else { return nil }
        place += isGroup ? 4 : 2
        return .reals
    }

    private mutating func bracketed(_ pair: BracketMap.Pair) throws -> Answer? {
        let (opening, closing) = (token, tokens[pair.close].token)
        let isSet = opening == .command("lbrace")
        if !isSet, opening != .command("langle"), !pair.hasSeparator {
            // Brackets around one expression.
            return nil
        }
        if case .command("lbrace") = opening, closing != .command("rbrace") { throw Unreadable() }
        place += 1
        if isSet { skipVariable() }
        let items = try items(upTo: pair.close)
        guard place == pair.close else { throw Unreadable() }
        place += 1
        if isSet || opening == .mark("{") { return .list(items) }
        guard let closing = bracket(closing), let opening = bracket(opening) else { throw Unreadable() }
        return .tuple(items, opening: opening, closing: closing)
    }

    /// The beginning of `\{x \mid x > 2\}`: the numbers that are meant are those of the condition.
    private mutating func skipVariable() {
        guard case .letters(let name) = token, name.utf8.count == 1 else { return }
        var end = place + 1
        if end < tokens.count, tokens[end].token == .command("in") {
            while end < tokens.count, tokens[end].token != .mark("|"), tokens[end].token != .mark(":") { end += 1 }
        }
        if end < tokens.count, tokens[end].token == .mark("|") || tokens[end].token == .mark(":") { place = end + 1 }
    }

    private func bracket(_ token: Token?) -> Answer.Bracket? {
        switch token {
        case .mark("("), .mark(")"): .round
        case .mark("["), .mark("]"): .square
        case .command("langle"), .command("rangle"): .angle
        default: nil
        }
    }

    /// Unions and differences that go on behind a set.
    mutating func operations(on first: Answer) throws -> Answer {
        var parts = [first]
        while true {
            if take(.command("cup")) || take(.letters("U")) || take(.letters("u")) {
                guard let next = try setOperand() else { throw Unreadable() }
                parts.append(next)
            } else if take(.command("setminus")) || take(.mark("-")) {
                guard parts.count == 1, parts[0].isReals, let without = try setOperand() else {
                    throw Unreadable()
                }
                return .complement(without)
            } else {
                return parts.count == 1 ? first : .union(parts)
            }
        }
    }

    /// A matrix with its brackets written around it.
    private mutating func matrix(in pair: BracketMap.Pair) throws -> Answer? {
        let start = place
        place += 1
        let matrix = try matrix()
        guard place == pair.close else {
            place = start
            return nil
        }
        place += 1
        return matrix
    }

    /// `\begin{pmatrix} a & b \\ c & d \end{pmatrix}`, by whatever name.
    private mutating func matrix() throws -> Answer {
        place += 1
        let name = try environment()
        guard Self.matrices.contains(name) else { throw Unreadable() }
        if name == "array", token == .mark("{"), let pair = brackets[place] { place = pair.close + 1 }
        var rows: [[Answer]] = [[]]
        while true {
            if take(.command("end")) {
                guard try environment() == name else { throw Unreadable() }
                break
            }
            if take(.row) {
                rows.append([])
            } else if take(.mark("&")) {
                guard rows[rows.count - 1].count > 0 else { throw Unreadable() }
            } else {
                rows[rows.count - 1].append(.value(try quantity()))
            }
            guard rows.count * max(1, rows[0].count) <= Limits.elements else {
                throw GradingError(
                    .tooLong, "A matrix has at most \(Limits.elements) entries; this one has more. State fewer.")
            }
        }
        if rows.last?.isEmpty == true { rows.removeLast() }
        guard let width = rows.first?.count, width > 0, rows.allSatisfy({ $0.count == width }) else {
            throw Unreadable()
        }
        return .matrix(rows)
    }

    private mutating func environment() throws -> String {
        try expect(.mark("{"))
        guard case .letters(let name) = token else { throw Unreadable() }
        place += 1
        try expect(.mark("}"))
        return name
    }

    private static let matrices: Set<String> = ["pmatrix", "bmatrix", "matrix", "Bmatrix", "smallmatrix", "array"]
}

extension Answer {
    /// Whether it is all real numbers.
    var isReals: Bool {
        guard case .tuple(let ends, .round, .round) = self, ends.count == 2, case .value(let upper) = ends[1] else {
            return false
        }
        return upper.expression == .constant(.infinity)
    }

    /// All real numbers.
    static var reals: Answer {
        .tuple(
            [.value(Quantity(Expression.constant(.infinity).negated)), .value(Quantity(.constant(.infinity)))],
            opening: .round, closing: .round)
    }
}
