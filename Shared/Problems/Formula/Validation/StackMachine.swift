import Mathematics

/// Executes stack programs on the rows of a table. A fault is a value on the stack, so that `pick` can leave it there.
struct StackMachine {
    let table: FormulaTable

    /// The value that is left in a row; nil if the table does not have a column.
    func run(_ program: StackProgram, _ row: Int) -> FormulaOutcome? {
        var stack: [FormulaOutcome] = []
        for word in program.words {
            switch word {
            case .value(let value): stack.append(.success(value))
            case .column(let name):
                guard let place = table.columns.firstIndex(of: name) else { return nil }
                stack.append(.success(table.rows[row][place]))
            case .sum(let name):
                guard let sum = sum(name) else { return nil }
                stack.append(sum)
            case .mean(let name):
                guard let sum = sum(name) else { return nil }
                stack.append(Self.apply(.div, [sum, .success(.number(Rational(table.rows.count)))]))
            case .operation(let operation):
                let operands = Array(stack.suffix(operation.operandCount))
                stack.removeLast(operands.count)
                stack.append(Self.apply(operation, operands))
            }
        }
        return stack.last
    }

    private func sum(_ name: String) -> FormulaOutcome? {
        guard let place = table.columns.firstIndex(of: name) else { return nil }
        return table.column(place).reduce(.success(.number(0))) { Self.apply(.add, [$0, .success($1)]) }
    }

    private static func apply(_ operation: StackProgram.Operation, _ operands: [FormulaOutcome]) -> FormulaOutcome {
        if operation == .pick {
            switch operands[0] {
            case .success(.truth(let holds)): return operands[holds ? 1 : 2]
            case .success: return .failure(.wrongType)
            case .failure(let fault): return .failure(fault)
            }
        }
        var values: [FormulaValue] = []
        for operand in operands {
            switch operand {
            case .success(let value): values.append(value)
            case .failure(let fault): return .failure(fault)
            }
        }
        switch values.count == 2 ? (values[0], values[1]) : (values[0], values[0]) {
        case (.number(let left), .number(let right)): return numbers(operation, left, right)
        case (.text(let left), .text(let right)): return texts(operation, left, right)
        case (.truth(let left), .truth(let right)): return truths(operation, left, right)
        case (.text(let text), .number(let number)):
            if operation == .first || operation == .last { return cut(operation, text, number) }
            return operation == .join ? joined(text, number.decimal) : .failure(.wrongType)
        case (.number(let number), .text(let text)):
            return operation == .join ? joined(number.decimal, text) : .failure(.wrongType)
        default: return .failure(.wrongType)
        }
    }

    private static func numbers(_ operation: StackProgram.Operation, _ left: Rational, _ right: Rational)
        -> FormulaOutcome
    {
        switch operation {
        case .add: limited(left + right)
        case .sub: limited(left - right)
        case .mul: limited(left * right)
        case .div: left.dividing(by: right).map(limited) ?? .failure(.divisionByZero)
        case .mod: left.dividing(by: right).map { limited((($0 - $0.floor) * right)) } ?? .failure(.divisionByZero)
        case .min: .success(.number(Swift.min(left, right)))
        case .max: .success(.number(Swift.max(left, right)))
        case .abs: .success(.number(left < 0 ? -left : left))
        case .round: rounded(left, right)
        case .less: .success(.truth(left < right))
        case .more: .success(.truth(right < left))
        case .atmost: .success(.truth(!(right < left)))
        case .atleast: .success(.truth(!(left < right)))
        case .same: .success(.truth(left == right))
        case .differ: .success(.truth(left != right))
        case .join: joined(left.decimal, right.decimal)
        default: .failure(.wrongType)
        }
    }

    private static func texts(_ operation: StackProgram.Operation, _ left: String, _ right: String) -> FormulaOutcome {
        switch operation {
        case .join: joined(left, right)
        case .len: .success(.number(Rational(left.count)))
        case .upper: joined(left.uppercased(), "")
        case .lower: joined(left.lowercased(), "")
        case .same: .success(.truth(left == right))
        case .differ: .success(.truth(left != right))
        default: .failure(.wrongType)
        }
    }

    private static func truths(_ operation: StackProgram.Operation, _ left: Bool, _ right: Bool) -> FormulaOutcome {
        switch operation {
        case .and: .success(.truth(left && right))
        case .or: .success(.truth(left || right))
        case .not: .success(.truth(!left))
        case .same: .success(.truth(left == right))
        case .differ: .success(.truth(left != right))
        default: .failure(.wrongType)
        }
    }

    private static func cut(_ operation: StackProgram.Operation, _ text: String, _ number: Rational) -> FormulaOutcome {
        guard let count = number.machineInteger, (0...512).contains(count) else { return .failure(.outOfRange) }
        let left = Swift.max(0, text.count - count)
        return .success(.text(String(operation == .first ? text.dropLast(left) : text.dropFirst(left))))
    }

    private static func rounded(_ number: Rational, _ digits: Rational) -> FormulaOutcome {
        guard let digits = digits.machineInteger, (0...9).contains(digits) else { return .failure(.outOfRange) }
        var scaled = number
        for _ in 0..<digits { scaled *= 10 }
        // The floor, or the next integer where the rest is more than half, or half of a positive number.
        let rest = (scaled - scaled.floor) * 2
        var result = rest > 1 || rest == 1 && number.sign > 0 ? scaled.floor + 1 : scaled.floor
        for _ in 0..<digits { result = result.dividing(by: 10) ?? result }
        return .success(.number(result))
    }

    private static func joined(_ left: String?, _ right: String?) -> FormulaOutcome {
        guard let left, let right, left.utf8.count + right.utf8.count <= 512 else { return .failure(.outOfRange) }
        return .success(.text(left + right))
    }

    private static func limited(_ number: Rational) -> FormulaOutcome {
        number.bitWidth <= 2048 ? .success(.number(number)) : .failure(.outOfRange)
    }
}
