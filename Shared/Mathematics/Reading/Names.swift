/// The names that mean something in an answer.
enum Names {
    /// Constants, as letters or commands.
    static let constants: [String: Expression.Constant] = [
        "pi": .pi, "e": .e, "i": .i, "infinity": .infinity, "inf": .infinity, "infty": .infinity, "imath": .i,
    ]

    /// Functions of one argument, as letters or commands, and those that take their arguments in brackets.
    static let functions: [String: Expression.Function] = [
        "sin": .sin, "cos": .cos, "tan": .tan, "cot": .cot, "sec": .sec, "csc": .csc, "arcsin": .arcsin,
        "arccos": .arccos,
        "arctan": .arctan, "asin": .arcsin, "acos": .arccos, "atan": .arctan, "sinh": .sinh, "cosh": .cosh,
        "tanh": .tanh,
        "ln": .ln, "log": .log, "lg": .log, "abs": .absolute, "floor": .floor, "ceil": .ceiling,
        "gcd": .gcd, "lcm": .lcm, "min": .minimum, "max": .maximum,
    ]

    /// Letters that are symbols.
    static let greek: Set<String> = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
        "xi",
        "omicron", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda",
        "Xi",
        "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "ell", "hbar", "partial",
    ]

    /// Commands with which a factor begins.
    static let factors: Set<String> = Set(constants.keys).union(functions.keys).union(greek)
        .union(["frac", "sqrt", "exp", "binom", "lfloor", "lceil", "overline", "mathbb"])

    /// Whether letters can be a factor behind another.
    static func isFactor(_ word: String) -> Bool {
        guard constants[word] == nil, functions[word] == nil, word != "sqrt", word != "exp" else { return true }
        return word.utf8.count == word.count
            && (word.count == 1 || (word.count == 2 && Unit(named: word) == nil && !words.contains(word)))
    }

    /// Words of two letters.
    static let words: Set<String> = [
        "am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my", "no", "of", "on",
        "or", "pm",
        "so", "to", "up", "us", "we",
    ]

    /// Whether words say something, as those of a sentence do, and name no things.
    static func isSaying(_ words: String) -> Bool {
        words.lowercased().split(whereSeparator: { $0 == " " || $0 == "." }).contains { verbs.contains(String($0)) }
    }

    private static let verbs: Set<String> = [
        "is", "are", "was", "were", "be", "has", "have", "had", "the", "answer", "because", "so", "since", "not", "if",
        "then",
        "thus", "hence", "therefore", "which", "that", "than", "when", "where", "can", "cannot", "must", "will",
        "would", "does",
    ]

    /// How a token was written, nearly.
    static func spelling(_ token: Token) -> String {
        switch token {
        case .number(let literal): literal.value.description
        case .letters(let word), .text(let word), .command(let word): word
        case .mark(let mark): String(mark)
        case .row: "\\\\"
        }
    }
}
