import Basics
import Mathematics

/// Draws formulas over the columns of a table. Most draws succeed; one that finds nothing of the kind and size is nil.
struct FormulaDraw {
    private let table: FormulaTable
    private let constructs: Set<FormulaConstruct>
    private let constants: ClosedRange<Int>
    private let numberColumns: [String]
    private let textColumns: [String]

    init(table: FormulaTable, constructs: [FormulaConstruct], constants: ClosedRange<Int>) {
        (self.table, self.constructs, self.constants) = (table, Set(constructs), constants)
        let isText = table.columns.indices.map { if case .text? = table.rows.first?[$0] { true } else { false } }
        numberColumns = zip(table.columns, isText).filter { !$0.1 }.map(\.0)
        textColumns = zip(table.columns, isText).filter(\.1).map(\.0)
    }

    /// What a formula comes to.
    enum Kind: Sendable { case number, text, truth }

    /// Draws a formula with a number of operations.
    func formula(operations: Int, _ generator: inout SeededGenerator) -> Formula? {
        // Numbers more often than others, as in spreadsheets.
        let kind = generator.draw(from: [Kind.number, .number, .number, .text, .truth])
        return formula(kind, operations, isMain: true, &generator)
    }

    /// - Parameter isMain: whether all that it is within is told step by step after it; only there may an `IF` be.
    private func formula(_ kind: Kind, _ count: Int, isMain: Bool, _ generator: inout SeededGenerator) -> Formula? {
        switch kind {
        case .number: number(count, isMain, &generator)
        case .text: text(count, isMain, &generator)
        case .truth: truth(count, isMain, &generator)
        }
    }

    private func number(_ count: Int, _ isMain: Bool, _ generator: inout SeededGenerator) -> Formula? {
        if count == 0 {
            return generator.draw(in: 0...3) == 0 ? constant(&generator) : numberColumn(&generator)
        }
        let isAggregate = constructs.contains(.aggregates) && !isMain && count == 1
        var possible: [FormulaConstruct] = [.arithmetic, .arithmetic]
        if isAggregate { possible.append(.aggregates) }
        possible.append(.extremes)
        if count > 1 { possible.append(.rounding) }
        if count > 1, isMain { possible += [.conditions, .conditions] }
        if !textColumns.isEmpty { possible.append(.text) }
        possible = possible.filter { constructs.contains($0) }
        guard !possible.isEmpty else { return nil }
        switch generator.draw(from: possible) {
        case .arithmetic:
            return pair(count - 1, isMain, &generator) { symbol, left, right in
                .binary(symbol.draw(from: [.add, .subtract, .multiply, .divide]), left, right)
            }
        case .aggregates:
            return numberColumn(&generator).map { .call(generator.draw(from: [.sum, .average]), [$0]) }
        case .extremes:
            if count > 1, generator.draw(in: 0...2) == 0 {
                return pair(count - 2, isMain, &generator) { _, left, right in
                    .call(.abs, [.binary(.subtract, left, right)])
                }
            }
            return pair(count - 1, isMain, &generator) { function, left, right in
                .call(function.draw(from: [.min, .max]), [left, right])
            }
        case .rounding:
            if generator.draw(in: 0...1) == 0 {
                guard let operand = number(count - 1, isMain, &generator), let divisor = constant(&generator) else {
                    return nil
                }
                return .call(.mod, [operand, divisor])
            }
            let digits = Rational(generator.draw(in: 0...2))
            return pair(count - 2, isMain, &generator) { _, left, right in
                .call(.round, [.binary(.divide, left, right), .number(digits)])
            }
        case .conditions: return choice(count, .number, &generator)
        case .text:
            return text(count - 1, isMain, &generator).flatMap { $0.isCaseChange ? nil : .call(.len, [$0]) }
        }
    }

    private func text(_ count: Int, _ isMain: Bool, _ generator: inout SeededGenerator) -> Formula? {
        if count == 0 { return textColumns.isEmpty ? nil : .column(generator.draw(from: textColumns)) }
        let canChoose = count > 1 && isMain && constructs.contains(.conditions)
        if canChoose, !constructs.contains(.text) || generator.draw(in: 0...1) == 0 {
            return choice(count, .text, &generator)
        }
        guard constructs.contains(.text), let operand = text(count - 1, isMain, &generator) else { return nil }
        switch generator.draw(in: 0...4) {
        case 0: return .call(.left, [operand, .number(Rational(generator.draw(in: 1...3)))])
        case 1: return .call(.right, [operand, .number(Rational(generator.draw(in: 1...3)))])
        case 2, 3:
            // After another change of case it would be idle, or make that idle.
            return operand.isCaseChange ? nil : .call(generator.draw(from: [.upper, .lower]), [operand])
        default:
            let others: [Formula] = [
                .text(generator.draw(from: ["-new", "-old", "-x"])), .column(generator.draw(from: table.columns)),
            ]
            let other = generator.draw(from: others)
            return generator.draw(in: 0...1) == 0 ? .binary(.join, operand, other) : .binary(.join, other, operand)
        }
    }

    private func truth(_ count: Int, _ isMain: Bool, _ generator: inout SeededGenerator) -> Formula? {
        guard count > 0, constructs.contains(.conditions) else { return nil }
        if count == 1, !textColumns.isEmpty, generator.draw(in: 0...3) == 0 {
            let place = generator.draw(from: table.columns.indices.filter { textColumns.contains(table.columns[$0]) })
            guard case .text(let word) = generator.draw(from: table.column(place)) else { return nil }
            return .binary(generator.draw(from: [.equal, .unequal]), .column(table.columns[place]), .text(word))
        }
        if count >= 3, generator.draw(in: 0...1) == 0 {
            let left = generator.draw(in: 1...(count - 2))
            guard let first = truth(left, false, &generator), let second = truth(count - 1 - left, false, &generator)
            else { return nil }
            return .call(generator.draw(from: [.and, .or]), [first, second])
        }
        if count >= 2, generator.draw(in: 0...5) == 0 {
            return truth(count - 1, false, &generator).map { .call(.not, [$0]) }
        }
        let side = count > 1 ? generator.draw(in: 0...2) / 2 : 0
        guard let left = number(count - 1 - side, isMain, &generator), !left.isConstant,
            let right = number(side, false, &generator)
        else { return nil }
        return .binary(generator.draw(from: [.less, .greater, .atMost, .atLeast]), left, right)
    }

    /// Draws an `IF` of a kind.
    private func choice(_ count: Int, _ kind: Kind, _ generator: inout SeededGenerator) -> Formula? {
        if kind == .text {
            let words = generator.shuffled(generator.draw(from: [["high", "low"], ["yes", "no"], ["big", "small"]]))
            return truth(count - 1, true, &generator).map { .call(.choose, [$0, .text(words[0]), .text(words[1])]) }
        }
        let side = count > 2 ? generator.draw(in: 0...1) : 0
        guard let condition = truth(count - 1 - side, true, &generator), let first = number(side, false, &generator),
            let second = number(0, false, &generator)
        else { return nil }
        let branches = generator.draw(in: 0...1) == 0 ? [first, second] : [second, first]
        return .call(.choose, [condition] + branches)
    }

    /// Draws two numbers, of which one has at most one operation, in either order, and puts them together.
    private func pair(
        _ count: Int, _ isMain: Bool, _ generator: inout SeededGenerator,
        _ join: (inout SeededGenerator, Formula, Formula) -> Formula
    ) -> Formula? {
        let side = count > 0 ? generator.draw(in: 0...2) / 2 : 0
        guard let main = number(count - side, isMain, &generator), let other = number(side, false, &generator),
            !(main.isConstant && other.isConstant)
        else { return nil }
        // A side that is as large as the other would not be seen to be one.
        let isTurned = generator.draw(in: 0...3) == 0 && main.operationCount > other.operationCount
        return isTurned ? join(&generator, other, main) : join(&generator, main, other)
    }

    private func constant(_ generator: inout SeededGenerator) -> Formula? {
        .number(Rational(generator.draw(in: constants)))
    }

    private func numberColumn(_ generator: inout SeededGenerator) -> Formula? {
        numberColumns.isEmpty ? nil : .column(generator.draw(from: numberColumns))
    }
}

extension Formula {
    fileprivate var isCaseChange: Bool { [FormulaFunction.upper, .lower].map(\.rawValue).contains(symbol) }
}
