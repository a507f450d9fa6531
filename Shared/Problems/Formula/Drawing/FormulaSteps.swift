/// A formula taken apart: a new column for each operation but the last, which uses them.
struct FormulaSteps: Sendable {
    /// The new columns in the order in which they can be computed; each formula has one operation.
    let columns: [(name: String, formula: Formula)]
    /// The last operation.
    let last: Formula

    init(_ formula: Formula) {
        var columns: [(name: String, formula: Formula)] = []
        last = Self.taken(formula, into: &columns)
        self.columns = columns
    }

    /// The solution: a step a line, then the line of marks.
    var solution: String { columns.map { "\($0.name)=\($0.formula)\n" }.joined() + "#### \(last)" }

    /// The formula with a new column for each operand that is no atom.
    private static func taken(_ formula: Formula, into columns: inout [(name: String, formula: Formula)]) -> Formula {
        formula.with(
            formula.operands.map { operand in
                guard !operand.isAtom else { return operand }
                let step = taken(operand, into: &columns)
                if let known = columns.first(where: { $0.formula == step }) { return .column(known.name) }
                columns.append((name: "d\(columns.count + 1)", formula: step))
                return .column("d\(columns.count)")
            })
    }

    /// Whether each step says something: it has a value in each row of all the tables, which is not the same in all, nor
    /// everywhere that of an operand. Aggregates are the same in all rows of one table by nature.
    func isInformative(over tables: [FormulaTable]) -> Bool {
        var sheets = tables.map { FormulaSheet($0) }
        func outcomes(_ formula: Formula) -> [FormulaOutcome] {
            sheets.flatMap { (try? $0.outcomes(of: formula)) ?? [.failure(.wrongType)] }
        }
        for (name, formula) in columns + [(name: "", formula: last)] {
            let made = outcomes(formula)
            guard made.allSatisfy({ if case .success = $0 { true } else { false } }),
                made.contains(where: { $0 != made[0] }) || formula.isAggregate,
                !formula.operands.contains(where: { !$0.isConstant && outcomes($0) == made })
            else { return false }
            for place in sheets.indices where !name.isEmpty {
                guard (try? sheets[place].add(name, formula)) != nil else { return false }
            }
        }
        return true
    }
}

extension Formula {
    fileprivate var isAggregate: Bool { if case .call(let function, _) = self { function.isAggregate } else { false } }
}
