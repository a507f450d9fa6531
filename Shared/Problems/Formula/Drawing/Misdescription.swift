import Basics
import Mathematics

/// A way in which a request can describe another formula than it is for.
enum Misdescription: Sendable, CaseIterable {
    /// Another column of the same type.
    case column
    /// Another constant.
    case constant
    /// A comparison with another sense.
    case comparison
    /// An operation left out.
    case omission

    /// A formula that is wrong in this way; nil if this one cannot be.
    func applied(
        to formula: Formula, over table: FormulaTable, constants: ClosedRange<Int>, _ generator: inout SeededGenerator
    ) -> Formula? {
        let possible = formula.subformulas.enumerated().flatMap { index, part in
            replacements(of: part, over: table, constants, &generator).map { (index, $0) }
        }
        guard !possible.isEmpty else { return nil }
        let (index, other) = generator.draw(from: possible)
        return formula.replacingSubformula(at: index, by: other)
    }

    private func replacements(
        of part: Formula, over table: FormulaTable, _ constants: ClosedRange<Int>, _ generator: inout SeededGenerator
    ) -> [Formula] {
        switch (self, part) {
        case (.column, .column(let name)):
            return table.columns.filter { $0 != name && Self.areAlike($0, name, in: table) }.map { .column($0) }
        case (.constant, .number(let number)):
            // Small ones are digits to round to or characters to keep, and stay small.
            let others = number < 4 ? 1...3 : constants
            return [.number(Rational(generator.draw(in: others)))].filter { $0 != part }
        case (.comparison, .binary(let symbol, let left, let right)) where symbol.precedence == 0:
            let others: [FormulaOperator] =
                [.equal, .unequal].contains(symbol) ? [.equal, .unequal] : [.less, .greater, .atMost, .atLeast]
            return others.filter { $0 != symbol }.map { .binary($0, left, right) }
        case (.omission, .binary(let symbol, let left, let right)) where symbol.precedence > 0: return [left, right]
        case (.omission, .call(let function, let operands)):
            switch function {
            case .and, .or, .min, .max: return operands
            case .not, .abs, .round, .mod, .left, .right, .upper, .lower: return [operands[0]]
            case .choose: return Array(operands.dropFirst())
            case .len, .concat, .sum, .average: return []
            }
        default: return []
        }
    }

    private static func areAlike(_ one: String, _ other: String, in table: FormulaTable) -> Bool {
        let values = [one, other].compactMap { name in
            table.columns.firstIndex(of: name).flatMap { table.rows.first?[$0] }
        }
        guard values.count == 2 else { return false }
        return switch (values[0], values[1]) {
        case (.number, .number), (.text, .text), (.truth, .truth): true
        default: false
        }
    }
}
