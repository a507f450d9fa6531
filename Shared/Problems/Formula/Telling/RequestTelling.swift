import Basics
import Mathematics

/// Tells a formula in English, as a noun or as what is done step by step, in wordings that are drawn.
struct RequestTelling {
    private var generator: SeededGenerator

    /// The request for a formula, in one line.
    static func text(of formula: Formula, _ generator: inout SeededGenerator) -> String {
        var telling = RequestTelling(generator: generator)
        let parts = telling.parts(of: formula)
        // After a choice, "then" without a full stop could belong to its second branch.
        let joint = telling.generator.draw(from: [formula.hasChoice ? ". Then " : ", then ", ". Then "])
        generator = telling.generator
        return parts.joined(separator: joint).capitalizedSentence + "."
    }

    private init(generator: SeededGenerator) { self.generator = generator }

    /// What is done, step by step; the first part needs nothing before it.
    private mutating func parts(of formula: Formula) -> [String] {
        if let main = formula.mainPlace, isToldInSteps(formula.operands[main]) {
            return parts(of: formula.operands[main]) + [follow(formula, main)]
        }
        if case .call(.choose, let operands) = formula {
            if let main = operands[0].mainPlace, operands[0].isComparison, isToldInSteps(operands[0].operands[main]) {
                return parts(of: operands[0].operands[main]) + [choice(operands, so: true)]
            }
            return [choice(operands, so: false)]
        }
        if formula.isCondition { return [verdict(outerClause(formula))] }
        if let starts = RequestPhrases.starts[formula.symbol ?? ""], generator.draw(in: 0...1) == 0 {
            return [fill(generator.draw(from: starts), formula)]
        }
        return [RequestPhrases.fill(generator.draw(from: RequestPhrases.requests), ["a": noun(formula)])]
    }

    /// Whether an operand is told before what is done with it. An `IF` can be told in no other way.
    private mutating func isToldInSteps(_ operand: Formula) -> Bool {
        guard !operand.isAtom, !operand.isCondition else { return false }
        return operand.hasChoice || operand.operationCount > 2 || generator.draw(in: 0...1) == 0
    }

    /// What is done next with the operand at a place, which is what there is so far.
    private mutating func follow(_ formula: Formula, _ main: Int) -> String {
        if formula.isComparison { return verdict(comparison(formula, so: true)) }
        let phrases = (main == 0 ? RequestPhrases.follows : RequestPhrases.turned)[formula.symbol ?? ""] ?? []
        return fill(generator.draw(from: phrases), formula)
    }

    private mutating func choice(_ operands: [Formula], so: Bool) -> String {
        let condition = so ? comparison(operands[0], so: true) : outerClause(operands[0])
        return RequestPhrases.fill(
            generator.draw(from: RequestPhrases.choices),
            ["a": noun(operands[1]), "b": noun(operands[2]), "c": condition])
    }

    private mutating func verdict(_ clause: String) -> String {
        RequestPhrases.fill(generator.draw(from: RequestPhrases.verdicts), ["c": clause])
    }

    private mutating func outerClause(_ formula: Formula) -> String {
        guard let outer = RequestPhrases.outerClauses[formula.symbol ?? ""],
            formula.operands.allSatisfy(\.isComparison), generator.draw(in: 0...1) == 0
        else { return clause(formula) }
        let (first, second) = (clause(formula.operands[0]), clause(formula.operands[1]))
        return RequestPhrases.fill(generator.draw(from: outer), ["a": first, "b": second])
    }

    private mutating func clause(_ formula: Formula) -> String {
        guard !formula.isComparison else { return comparison(formula, so: false) }
        let clauses = formula.operands.map { clause($0) }
        let phrases = RequestPhrases.clauses[formula.symbol ?? ""] ?? []
        return RequestPhrases.fill(
            generator.draw(from: phrases), ["a": clauses[0], "b": clauses.count > 1 ? clauses[1] : ""])
    }

    /// - Parameter so: whether the left operand is what there is so far.
    private mutating func comparison(_ formula: Formula, so: Bool) -> String {
        let left = so ? generator.draw(from: ["it", "that"]) : noun(formula.operands[0])
        let phrases = RequestPhrases.clauses[formula.symbol ?? ""] ?? []
        return RequestPhrases.fill(generator.draw(from: phrases), ["a": left, "b": noun(formula.operands[1])])
    }

    private mutating func noun(_ formula: Formula) -> String {
        switch formula {
        case .text(let text): return "\"\(text)\""
        case .number, .truth, .column: return formula.description
        case .call(.abs, let operands) where operands[0].symbol == "-" && generator.draw(in: 0...1) == 0:
            return fill("the absolute difference between {a} and {b}", operands[0])
        default: break
        }
        let symbol = formula.symbol ?? ""
        var phrases = RequestPhrases.nouns[symbol] ?? []
        if formula.operands.allSatisfy(\.isAtom) { phrases += RequestPhrases.infixes[symbol] ?? [] }
        return fill(generator.draw(from: phrases), formula)
    }

    /// Fills a phrase with the operands of a formula.
    private mutating func fill(_ phrase: String, _ formula: Formula) -> String {
        var words: [String: String] = [:]
        if case .call(let function, let operands) = formula, [.round, .left, .right].contains(function) {
            words["n"] = Self.count(operands[1], of: function)
        }
        for (place, name) in zip(formula.operands.indices, ["a", "b"]) where phrase.contains("{\(name)}") {
            words[name] = noun(formula.operands[place])
        }
        return RequestPhrases.fill(phrase, words)
    }

    private static func count(_ count: Formula, of function: FormulaFunction) -> String {
        switch (count, function) {
        case (.number(0), .round): "the nearest whole number"
        case (.number(1), .round): "1 decimal place"
        case (_, .round): "\(count) decimal places"
        case (.number(1), _): "letter"
        default: "\(count) letters"
        }
    }
}

extension Formula {
    /// The operand that is told first if anything is: the largest, the left one if two are as large; nil for an atom, a
    /// choice, and what joins conditions.
    fileprivate var mainPlace: Int? {
        switch self {
        case .binary(_, let left, let right):
            isComparison ? 0 : left.operationCount >= right.operationCount ? 0 : 1
        case .call(let function, let operands):
            switch function {
            case .min, .max: operands[0].operationCount >= operands[1].operationCount ? 0 : 1
            case .abs, .round, .mod, .len, .left, .right, .upper, .lower: 0
            case .choose, .and, .or, .not, .concat, .sum, .average: nil
            }
        default: nil
        }
    }

    fileprivate var isComparison: Bool {
        if case .binary(let symbol, _, _) = self { symbol.precedence == 0 } else { false }
    }

    fileprivate var isCondition: Bool {
        if case .call(let function, _) = self { [.and, .or, .not].contains(function) } else { isComparison }
    }

    fileprivate var hasChoice: Bool { subformulas.contains { $0.symbol == FormulaFunction.choose.rawValue } }
}
