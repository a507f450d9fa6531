import Basics

extension Formula {
    /// The structure with its constants, whatever the columns are called and in whatever order operands stand that may be
    /// exchanged: `(c1+5)*c2`. Formulas with one key are one problem to a splitter.
    var key: String {
        var names: [String: String] = [:]
        return ordered.renamed(&names).description
    }

    /// The split that problems with this formula belong to, whatever the seed, the dials and the table: a quarter are in the
    /// test split. Changing this moves problems that a policy was trained on into its test.
    var split: ProblemSplit {
        var hash = SeededGenerator(seed: 0, name: "formula/\(key)")
        return hash.next() % 4 == 0 ? .test : .train
    }

    /// With `a>b` written as `b<a`, and exchangeable operands in the order of their texts without names.
    private var ordered: Formula {
        let operands = operands.map(\.ordered)
        switch self {
        case .binary(let symbol, _, _):
            if let turned = symbol.turned, symbol == .greater || symbol == .atLeast {
                return .binary(turned, operands[1], operands[0])
            }
            return with(symbol.isCommutative ? operands.sorted { $0.anonymous < $1.anonymous } : operands)
        case .call(.and, _), .call(.or, _), .call(.min, _), .call(.max, _):
            return with(operands.sorted { $0.anonymous < $1.anonymous })
        default: return with(operands)
        }
    }

    private var anonymous: String { withoutNames.description }

    private var withoutNames: Formula {
        if case .column = self { .column("c") } else { with(operands.map(\.withoutNames)) }
    }

    private func renamed(_ names: inout [String: String]) -> Formula {
        guard case .column(let name) = self else {
            var renamedOperands: [Formula] = []
            for operand in operands { renamedOperands.append(operand.renamed(&names)) }
            return with(renamedOperands)
        }
        let known = names[name] ?? "c\(names.count + 1)"
        names[name] = known
        return .column(known)
    }
}
