import Mathematics

/// A table that formulas are computed over; columns may be added that later formulas use.
///
/// Nothing of a formula is trusted: numbers have at most 2,048 bits and texts 512 bytes, beyond which there is the fault
/// `outOfRange`, so a formula takes a bounded time in each row.
public struct FormulaSheet: Sendable {
    /// The number of rows.
    public let rowCount: Int
    private var columns: [String: Column] = [:]

    /// A column with its sum, which is a fault where a value is a fault or no number.
    private struct Column {
        let outcomes: [FormulaOutcome]
        let sum: FormulaOutcome
    }

    /// Takes the columns of a table.
    public init(_ table: FormulaTable) {
        rowCount = table.rows.count
        for (place, name) in table.columns.enumerated() {
            columns[name] = Self.column(table.rows.map { .success($0[place]) })
        }
    }

    /// Whether there is a column of this name.
    public func hasColumn(_ name: String) -> Bool { columns[name] != nil }

    /// What a formula comes to in each row.
    ///
    /// - Throws: `ProblemsError` with `unknownColumn` if it uses a column that the sheet does not have.
    public func outcomes(of formula: Formula) throws(ProblemsError) -> [FormulaOutcome] {
        if let name = formula.columns.first(where: { !hasColumn($0) }) {
            throw ProblemsError(
                .unknownColumn,
                "A column must be one of: \(columns.keys.sorted().joined(separator: ", ")); got \"\(name)\". Add it in a "
                    + "step before.")
        }
        return computed(formula)
    }

    /// Adds a column that a formula fills.
    ///
    /// - Throws: `ProblemsError` with `unknownColumn` as `outcomes(of:)`, or `knownColumn` if there is one of that name.
    public mutating func add(_ name: String, _ formula: Formula) throws(ProblemsError) {
        guard !hasColumn(name) else {
            throw ProblemsError(
                .knownColumn, "A new column must have a name of its own; there is a \"\(name)\". Choose another name.")
        }
        columns[name] = Self.column(try outcomes(of: formula))
    }

    private static func column(_ outcomes: [FormulaOutcome]) -> Column {
        let sum: FormulaOutcome
        do throws(FormulaFault) {
            var total: Rational = 0
            for outcome in outcomes { total = try within(total + number(try outcome.get())) }
            sum = .success(.number(total))
        } catch {
            sum = .failure(error)
        }
        return Column(outcomes: outcomes, sum: sum)
    }

    // All columns that a formula names are there: `outcomes(of:)` looked.
    private func known(_ name: String) -> Column {
        guard let column = columns[name] else { preconditionFailure("no column \(name)") }
        return column
    }

    /// Computes whole columns. A fault is an outcome like others, so a branch that a row does not take says nothing there.
    private func computed(_ formula: Formula) -> [FormulaOutcome] {
        switch formula {
        case .number(let number): return same(.success(.number(number)))
        case .text(let text): return same(.success(.text(text)))
        case .truth(let truth): return same(.success(.truth(truth)))
        case .column(let name): return known(name).outcomes
        case .negation(let operand):
            return computed(operand).map { value in
                Self.outcome { () throws(FormulaFault) in .number(-(try Self.number(value.get()))) }
            }
        case .binary(let symbol, let left, let right):
            return zip(computed(left), computed(right)).map { left, right in
                Self.outcome { () throws(FormulaFault) in try symbol.value(left.get(), right.get()) }
            }
        case .call(.choose, let arguments):
            let (first, second) = (computed(arguments[1]), computed(arguments[2]))
            return computed(arguments[0]).enumerated().map { row, condition in
                Self.outcome { () throws(FormulaFault) in
                    try (Self.truth(condition.get()) ? first[row] : second[row]).get()
                }
            }
        case .call(let function, let arguments) where function.isAggregate:
            let sum = known(arguments[0].columns[0]).sum
            return same(
                Self.outcome { () throws(FormulaFault) in
                    let sum = try Self.number(sum.get())
                    return .number(function == .sum ? sum : try Self.quotient(sum, Rational(rowCount)))
                })
        case .call(let function, let arguments):
            let columns = arguments.map { computed($0) }
            return (0..<rowCount).map { row in
                Self.outcome { () throws(FormulaFault) in
                    var values: [FormulaValue] = []
                    for column in columns { values.append(try column[row].get()) }
                    return try function.value(values)
                }
            }
        }
    }

    private func same(_ outcome: FormulaOutcome) -> [FormulaOutcome] { Array(repeating: outcome, count: rowCount) }

    private static func outcome(_ value: () throws(FormulaFault) -> FormulaValue) -> FormulaOutcome {
        do throws(FormulaFault) { return .success(try value()) } catch { return .failure(error) }
    }
}

extension FormulaSheet {
    static func number(_ value: FormulaValue) throws(FormulaFault) -> Rational {
        if case .number(let number) = value { return number }
        throw .wrongType
    }

    static func truth(_ value: FormulaValue) throws(FormulaFault) -> Bool {
        if case .truth(let truth) = value { return truth }
        throw .wrongType
    }

    static func text(_ value: FormulaValue) throws(FormulaFault) -> String {
        if case .text(let text) = value { return text }
        throw .wrongType
    }

    static func within(_ number: Rational) throws(FormulaFault) -> Rational {
        guard number.bitWidth <= FormulaLimits.bits else { throw .outOfRange }
        return number
    }

    static func within(_ text: String) throws(FormulaFault) -> FormulaValue {
        guard text.utf8.count <= FormulaLimits.textBytes else { throw .outOfRange }
        return .text(text)
    }

    static func quotient(_ left: Rational, _ right: Rational) throws(FormulaFault) -> Rational {
        guard let quotient = left.dividing(by: right) else { throw .divisionByZero }
        return try within(quotient)
    }

    /// One text after another; a number counts as its digits.
    static func joined(_ values: [FormulaValue]) throws(FormulaFault) -> FormulaValue {
        var joined = ""
        for value in values {
            switch value {
            case .text(let text): joined += text
            case .number(let number):
                guard let decimal = number.decimal else { throw .outOfRange }
                joined += decimal
            case .truth: throw .wrongType
            }
        }
        return try within(joined)
    }
}
