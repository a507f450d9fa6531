import BigInt

/// Reads an answer, in LaTeX or plain text, by recursive descent over its tokens.
struct AnswerReader {
    /// The text says nothing that is understood; it may still be words.
    struct Unreadable: Error {}

    var tokens: [PlacedToken]
    let brackets: BracketMap
    var place = 0
    var depth = 0
    /// Vertical bars that are open: within them the next one closes.
    var openBars = 0
    /// Whether the last separator was "and".
    var isJoined = false
    /// What `±` stands for.
    let sign: Int

    init(_ tokens: [PlacedToken], _ brackets: BracketMap, sign: Int) {
        self.tokens = tokens
        self.brackets = brackets
        self.sign = sign
    }

    // MARK: Tokens

    var token: Token? { place < tokens.count ? tokens[place].token : nil }

    func token(after distance: Int) -> Token? {
        place + distance < tokens.count ? tokens[place + distance].token : nil
    }

    var isSpaced: Bool { place < tokens.count && tokens[place].isSpaced }

    mutating func take(_ expected: Token) -> Bool {
        guard token == expected else { return false }
        place += 1
        return true
    }

    mutating func expect(_ expected: Token) throws {
        guard take(expected) else { throw Unreadable() }
    }

    /// Goes one deeper, for as long as the body takes.
    mutating func descend<Value>(_ body: (inout AnswerReader) throws -> Value) throws -> Value {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Limits.nesting * 4 else { throw Self.tooDeep }
        return try body(&self)
    }

    static let tooDeep = GradingError(
        .tooDeep,
        "Roots, signs, fractions and exponents stand at most \(Limits.nesting * 4) deep in each other; these stand deeper. "
            + "State the answer with fewer.")

    // MARK: Lists

    /// Reads all tokens as one answer: items parted by commas, semicolons, `and` or `or`.
    mutating func whole() throws -> Answer {
        let items = try items(upTo: nil)
        guard place == tokens.count, !items.isEmpty else { throw Unreadable() }
        if items.count == 2, isJoined, let both = Answer.both(items[0], items[1]) { return both }
        return items.count == 1 ? items[0] : .list(items)
    }

    /// Reads items up to the place of a closing bracket, or to the end.
    mutating func items(upTo end: Int?) throws -> [Answer] {
        var items: [Answer] = []
        let end = end ?? tokens.count
        while place < end {
            items.append(try item())
            guard items.count <= Limits.elements else {
                throw GradingError(
                    .tooLong, "An answer has at most \(Limits.elements) elements; this one has more. State fewer.")
            }
            guard place < end else { break }
            guard takeSeparator() else { throw Unreadable() }
            // `1, 2, and 3`
            while takeSeparator() {}
        }
        return items
    }

    mutating func takeSeparator() -> Bool {
        guard isSeparator else { return false }
        switch token {
        case .command("and"): isJoined = true
        case .letters(let word), .text(let word): isJoined = word.trimmed.lowercased() == "and"
        default: isJoined = false
        }
        place += 1
        return true
    }

    var isSeparator: Bool {
        switch token {
        case .mark(","), .mark(";"), .command("and"), .command("or"): true
        case .letters(let word), .text(let word): ["and", "or", ","].contains(word.trimmed.lowercased())
        default: false
        }
    }

    /// One item: a set, a quantity, something that a symbol is said to be, or expressions with relations between them.
    private mutating func item() throws -> Answer {
        try descend { reader in
            if let name = reader.takeName() { return .assignment(.symbol(name), try reader.item().last) }
            if let set = try reader.setOperand() {
                let sets = try reader.operations(on: set)
                // `(x, y) = (1, 2)`
                return reader.take(.mark("=")) ? try reader.item().last : sets
            }
            let first = try reader.quantity()
            if reader.token == .command("begin"), let matrix = try reader.setOperand() {
                return matrix.scaled(by: first.expression)
            }
            if reader.take(.command("in")) {
                guard first.isName else { throw Unreadable() }
                // `k \in \mathbb{Z}`: a set without a meaning here is a symbol.
                guard let set = try reader.setOperand() else {
                    return .assignment(first.expression, .value(try reader.quantity()))
                }
                return .assignment(first.expression, try reader.operations(on: set))
            }
            if first.isName, reader.take(.mark("=")) || reader.take(.command("approx")) {
                _ = reader.take(.mark("="))
                return .assignment(first.expression, try reader.item().last)
            }
            var operands = [first.expression]
            var relations: [Relation] = []
            while let relation = reader.takeRelation() {
                operands.append(try reader.quantity().expression)
                relations.append(relation)
            }
            return relations.isEmpty ? .value(first) : .relation(operands, relations)
        }
    }

    /// Words that say what the value after an equals sign is, as in `\text{Area} = 12`.
    private mutating func takeName() -> String? {
        var end = place
        var words: [String] = []
        while end < tokens.count {
            switch tokens[end].token {
            case .text(let word): words.append(word.trimmed)
            case .letters(let word) where word.utf8.count > 2: words.append(word)
            case .mark("=") where !words.isEmpty:
                place = end + 1
                return words.joined(separator: " ")
            default: return nil
            }
            end += 1
        }
        return nil
    }

    /// An expression with its unit, before or after it.
    mutating func quantity() throws -> Quantity {
        let start = place
        let isNegative = token == .mark("-") && currency(at: place + 1) != nil && take(.mark("-"))
        let currency = currency(at: place)
        if currency != nil { place += 1 }
        let first = place
        let expression = try sum()
        var quantity = Quantity(
            isNegative ? expression.negated : expression, decimals: decimals(from: first, to: place))
        let unit = takeScale(of: &quantity) ? quantity.unit : try unitSuffix()
        if let currency {
            guard unit == nil || unit?.kind == currency.kind || unit?.isThings == true else { throw Unreadable() }
            quantity.unit = currency
        } else {
            quantity.unit = unit
        }
        if case .symbol = expression { quantity.isName = true }
        if isApplication(from: start, to: place) { quantity.isName = true }
        return quantity
    }

    /// The digits after the point, if the tokens are one decimal number, perhaps with a sign.
    private func decimals(from start: Int, to end: Int) -> Int? {
        var start = start
        if start < end, [.mark("-"), .mark("+")].contains(tokens[start].token) { start += 1 }
        guard end == start + 1, case .number(let literal) = tokens[start].token else { return nil }
        return literal.decimals
    }

    /// Whether the tokens are a letter and letters in brackets, as in `f(x)`.
    private func isApplication(from start: Int, to end: Int) -> Bool {
        guard end - start >= 4, case .letters(let name) = tokens[start].token, name.utf8.count == 1,
            tokens[start + 1].token == .mark("("), brackets[start + 1]?.close == end - 1
        else { return false }
        return tokens[(start + 2)..<(end - 1)].allSatisfy {
            switch $0.token {
            case .letters, .number, .mark(","), .mark("-"): true
            default: false
            }
        }
    }

    private mutating func takeRelation() -> Relation? {
        let start = place
        let relation: Relation?
        switch token {
        case .command("approx"): (place, relation) = (place + 1, .approximate)
        case .mark("="), .command("equiv"):
            place += 1
            // `==`
            _ = take(.mark("="))
            relation = .equal
        case .mark("<"):
            place += 1
            relation = take(.mark("=")) ? .lessOrEqual : .less
        case .mark(">"):
            place += 1
            relation = take(.mark("=")) ? .greaterOrEqual : .greater
        case .command("le"): (place, relation) = (place + 1, .lessOrEqual)
        case .command("ge"): (place, relation) = (place + 1, .greaterOrEqual)
        case .command("ne"): (place, relation) = (place + 1, .unequal)
        case .mark("!") where isUnequal: (place, relation) = (place + 2, .unequal)
        default: relation = nil
        }
        if relation == nil { place = start }
        return relation
    }
}

extension String {
    /// Without white space at its ends.
    var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
