extension AnswerReader {
    /// The currency whose sign stands at a place.
    func currency(at place: Int) -> Unit? {
        guard place < tokens.count else { return nil }
        return switch tokens[place].token {
        case .mark("$"), .command("dollar"), .letters("USD"): Unit(named: "$")
        case .command("euro"), .letters("EUR"): Unit(named: "€")
        case .command("pounds"): Unit(named: "£")
        case .command("yen"): Unit(named: "¥")
        case .command("rupees"): Unit(named: "₹")
        default: nil
        }
    }

    /// Takes the letter of a scale of temperature behind degrees: `100^\circ\text{C}`.
    mutating func takeScale(of quantity: inout Quantity) -> Bool {
        guard case .product(let factors) = quantity.expression, factors.count == 2, factors[1] == .constant(.degree),
            let token
        else { return false }
        switch token {
        case .letters("C"), .letters("F"), .text("C"), .text("F"):
            quantity.expression = factors[0]
            quantity.unit = Unit(.temperature(Names.spelling(token)))
            place += 1
            return true
        default: return false
        }
    }

    /// Takes the unit behind an expression; nil if nothing stands there that could be one.
    ///
    /// - Throws: `Unreadable` if words stand there that are no unit, such as those of a sentence.
    mutating func unitSuffix() throws -> Unit? {
        if take(.mark("%")) {
            // `50% of the apples`
            if let (unit, end) = unitAhead(), unit.isThings { place = end }
            return Unit(.percent)
        }
        if let currency = currency(at: place) {
            place += 1
            return currency
        }
        if token == .command("cent") {
            place += 1
            return Unit(named: "cents")
        }
        guard let (unit, end) = unitAhead() else { return nil }
        place = end
        return unit
    }

    /// Whether what follows is a unit and no factor.
    var isUnitAhead: Bool { unitAhead() != nil }

    /// The unit that stands from here up to a separator, a relation, a closing bracket or the end, and where it ends.
    private func unitAhead() -> (unit: Unit, end: Int)? {
        var end = place
        var name = ""
        var words = 0
        scan: while end < tokens.count {
            switch tokens[end].token {
            case .letters(let word), .text(let word):
                if ["and", "or"].contains(word.trimmed.lowercased()) { break scan }
                // A letter that touches a number, or stands behind another symbol, is a symbol: `5m`, `x m`.
                if case .letters = tokens[end].token, word.count == 1, words == 0 {
                    guard tokens[end].isSpaced, isAloneNumber(before: end) else { return nil }
                }
                if case .letters = tokens[end].token, word.count <= 2, Unit(named: word) == nil,
                    !Names.words.contains(word)
                {
                    return nil
                }
                name += (name.isEmpty || name.hasSuffix("/") ? "" : " ") + word.trimmed
                words += 1
            case .mark("/") where words > 0: name += "/"
            case .mark("."): break
            case .mark("^") where words > 0:
                guard let power = exponent(after: end) else { return nil }
                name += "^\(power.value)"
                end = power.end
                continue scan
            case .mark(","), .mark(";"), .mark("="), .mark("<"), .mark(">"), .mark(")"), .mark("]"), .mark("}"),
                .mark("&"),
                .row, .command("rbrace"), .command("and"), .command("or"), .command("le"), .command("ge"),
                .command("end"),
                .command("approx"):
                break scan
            default: return nil
            }
            end += 1
        }
        guard words > 0, words <= 6 else { return nil }
        if let unit = Unit(named: name) { return (unit, end) }
        // `5 kg of apples`
        if let of = name.firstRange(of: " of "), let unit = Unit(named: String(name[..<of.lowerBound])) {
            return (unit, end)
        }
        // Things: words of at least three letters with nothing else among them.
        guard name.allSatisfy({ $0.isLetter || " -.'^23".contains($0) }),
            name.split(separator: " ").contains(where: { $0.count > 2 }), !Names.isSaying(name)
        else { return nil }
        return (Unit(things: name), end)
    }

    /// Whether a number stands before a place, with nothing before it but a sign or the beginning of an item.
    private func isAloneNumber(before place: Int) -> Bool {
        guard place > 0, case .number = tokens[place - 1].token else { return false }
        guard place > 1 else { return true }
        return switch tokens[place - 2].token {
        case .mark(let mark): "-+,;(=<>".contains(mark)
        default: false
        }
    }

    private func exponent(after place: Int) -> (value: Int, end: Int)? {
        var place = place + 1
        let isGroup = place < tokens.count && tokens[place].token == .mark("{")
        if isGroup { place += 1 }
        guard place < tokens.count, case .number(let literal) = tokens[place].token,
            let value = literal.value.machineInteger,
            (1...3).contains(value)
        else { return nil }
        return (value, place + (isGroup ? 2 : 1))
    }
}
