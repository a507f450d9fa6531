import Basics
import Mathematics

@testable import Problems

/// Any formulas, sensible or not, and tables for them.
enum RandomFormula {
    static let columns = ["a", "b2", "long_name", "t"]

    static func formula(depth: Int, _ generator: inout SeededGenerator) -> Formula {
        let choice = depth == 0 ? generator.draw(in: 0...5) : generator.draw(in: 0...15)
        switch choice {
        case 0: return .number(Rational(generator.draw(in: 0...12)))
        case 1: return .number(Rational(generator.draw(in: 0...999), over: 100) ?? 0)
        case 2: return .text(generator.draw(from: ["", "x", "say \"yes\"", "a,b)", "Ünïc", "12"]))
        case 3: return .truth(generator.draw(in: 0...1) == 0)
        case 4, 5: return .column(generator.draw(from: columns))
        case 6: return .negation(formula(depth: depth - 1, &generator))
        case 7...11:
            return .binary(
                generator.draw(from: FormulaOperator.allCases), formula(depth: depth - 1, &generator),
                formula(depth: depth - 1, &generator))
        default:
            let function = generator.draw(from: FormulaFunction.allCases)
            if function.isAggregate { return .call(function, [.column(generator.draw(from: columns))]) }
            let count = generator.draw(in: function.argumentCount.clamped(to: 1...3))
            return .call(function, (0..<count).map { _ in formula(depth: depth - 1, &generator) })
        }
    }

    static func table(rows: Int, _ generator: inout SeededGenerator) -> FormulaTable {
        FormulaTable(
            columns: columns,
            rows: (0..<rows).map { _ in
                (0..<3).map { _ in .number(Rational(generator.draw(in: -6...12))) }
                    + [.text(generator.draw(from: ["Oslo", "x", ""]))]
            })
    }
}
