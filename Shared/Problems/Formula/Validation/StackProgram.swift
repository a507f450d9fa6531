import Mathematics

/// A program in another representation than a formula: words that put values on a stack, and words that take their operands
/// off it. `$price $stock mul 40 min` is `MIN(price*stock,40)`.
///
/// It shares the numbers of formulas, and nothing of how they are read or computed. Programs have at most 256 words, numbers
/// 2,048 bits and texts 512 bytes, so that one that a model wrote takes a bounded time.
struct StackProgram: Hashable {
    /// What takes operands off the stack and puts one value there.
    enum Operation: String, CaseIterable, Sendable {
        case add, sub, mul, div, mod, min, max, abs, round, less, more, atmost, atleast, same, differ, and, or, not,
            pick,
            join, len, first, last, upper, lower

        /// How many operands it takes.
        var operandCount: Int {
            switch self {
            case .abs, .not, .len, .upper, .lower: 1
            case .pick: 3
            default: 2
            }
        }
    }

    /// A word of a program.
    enum Word: Hashable {
        case value(FormulaValue)
        case column(String)
        case sum(String)
        case mean(String)
        case operation(Operation)
    }

    let words: [Word]

    static let mostWords = 256

    /// Reads a program; nil if a word is none, there are too many, or an operation would find too few operands, or one value
    /// would not be left.
    init?(_ text: some StringProtocol) {
        var words: [Word] = []
        var height = 0
        var rest = Substring(text).trimmed
        while !rest.isEmpty {
            guard words.count < Self.mostWords, let word = Self.take(&rest) else { return nil }
            words.append(word)
            if case .operation(let operation) = word {
                guard height >= operation.operandCount else { return nil }
                height -= operation.operandCount
            }
            height += 1
            rest = rest.trimmed
        }
        guard height == 1 else { return nil }
        self.words = words
    }

    /// What it comes to in each row; nil if it uses a column that the table does not have.
    func outcomes(over table: FormulaTable) -> [FormulaOutcome]? {
        let machine = StackMachine(table: table)
        var outcomes: [FormulaOutcome] = []
        for row in table.rows.indices {
            guard let outcome = machine.run(self, row) else { return nil }
            outcomes.append(outcome)
        }
        return outcomes
    }

    private static func take(_ rest: inout Substring) -> Word? {
        if rest.first == "\"" {
            let inside = rest.dropFirst()
            guard let end = inside.firstIndex(of: "\""), inside[..<end].utf8.count <= 512 else { return nil }
            rest = inside[inside.index(after: end)...]
            return .value(.text(String(inside[..<end])))
        }
        let word = rest.prefix { !$0.isWhitespace }
        rest = rest[word.endIndex...]
        let parts = word.split(separator: "$", omittingEmptySubsequences: false).map { String($0) }
        switch (parts.count, parts[0]) {
        case (2, ""): return .column(parts[1])
        case (2, "sum"): return .sum(parts[1])
        case (2, "mean"): return .mean(parts[1])
        case (1, "true"), (1, "false"): return .value(.truth(parts[0] == "true"))
        default: break
        }
        if let operation = Operation(rawValue: String(word)) { return .operation(operation) }
        return Rational(decimal: word).map { .value(.number($0)) }
    }
}
