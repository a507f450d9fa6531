internal import TheoremProver

extension Constraint {
    /// The constraint as the prover reads it.
    var assertion: Assertion {
        switch self {
        case .comparison(let comparison): comparison.assertion
        case .remainder(let variable, let divisor, let remainder):
            .equal(.remainder(.variable(variable), divisor: divisor), .number(remainder))
        case .either(let first, let second): .any([first.assertion, second.assertion])
        }
    }
}

extension Comparison {
    fileprivate var assertion: Assertion {
        let term = expression.term
        return switch relation {
        case .equal: .equal(term, .number(number))
        case .less: .less(term, .number(number))
        case .greater: .less(.number(number), term)
        }
    }
}

extension Comparison.Expression {
    fileprivate var term: IntegerTerm {
        switch self {
        case .sum(let variables): .sum(variables.map { .variable($0) })
        case .difference(let first, let second): .difference(.variable(first), .variable(second))
        case .product(let first, let second): .product(.variable(first), .variable(second))
        }
    }
}
