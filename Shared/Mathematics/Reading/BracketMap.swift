/// Which bracket of an answer closes which, found in one pass.
struct BracketMap {
    /// A pair of brackets, by the place of the opening one.
    struct Pair {
        var close: Int
        /// Whether a comma or semicolon stands between them and in no inner pair.
        var hasSeparator: Bool
    }

    private var pairs: [Int: Pair] = [:]

    /// Pairs the brackets.
    ///
    /// - Returns: nil if one is left over, or braces and other brackets cross.
    /// - Throws: `GradingError` of kind `tooDeep`.
    init?(_ tokens: [PlacedToken]) throws(GradingError) {
        var open: [(place: Int, isBrace: Bool, hasSeparator: Bool)] = []
        for (place, placed) in tokens.enumerated() {
            switch placed.token {
            case .mark("("), .mark("["), .mark("{"), .command("lbrace"), .command("langle"), .command("lfloor"),
                .command("lceil"):
                open.append((place, placed.token == .mark("{"), false))
                guard open.count <= Limits.nesting else {
                    throw GradingError(
                        .tooDeep,
                        "Brackets stand at most \(Limits.nesting) deep in each other; these stand deeper. "
                            + "State the answer with fewer.")
                }
            case .mark(")"), .mark("]"), .mark("}"), .command("rbrace"), .command("rangle"), .command("rfloor"),
                .command("rceil"):
                guard let last = open.popLast(), last.isBrace == (placed.token == .mark("}")) else { return nil }
                pairs[last.place] = Pair(close: place, hasSeparator: last.hasSeparator)
            case .mark(","), .mark(";"):
                if !open.isEmpty { open[open.count - 1].hasSeparator = true }
            default: break
            }
        }
        guard open.isEmpty else { return nil }
    }

    /// The pair whose opening bracket stands at a place.
    subscript(place: Int) -> Pair? { pairs[place] }
}
