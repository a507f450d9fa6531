import Mathematics

extension QuantityGraph {
    /// Works out the answer from what is stated alone, and so proves that it is the only one.
    ///
    /// Each statement is a linear equation; those with a condition join when what decides it is known. Neither the order of
    /// the facts nor how the graph was made plays a part.
    ///
    /// - Throws: `ProblemsError` with `contradictoryGraph` if no values agree with every statement, `openGraph` if more than
    ///   one value of the asked quantity does, or it is not whole.
    func solve() throws(ProblemsError) -> Int {
        var known: [Int: Rational] = [:]
        while true {
            guard let determined = LinearSystem.determined(by: facts.compactMap { equation(of: $0, known) }) else {
                throw ProblemsError(
                    .contradictoryGraph,
                    "The statements of a word problem must agree; those of \"\(key)\" do not. Take one out.")
            }
            // Each round decides at least one condition more, so there are no more rounds than facts.
            guard determined.count > known.count else { break }
            known = determined
        }
        guard let answer = known[asked] else {
            throw ProblemsError(
                .openGraph,
                "The statements of a word problem must determine what is asked for; those of \"\(key)\" do not. "
                    + "State more.")
        }
        guard answer.denominator == 1, let whole = Int(exactly: answer.numerator) else {
            throw ProblemsError(
                .openGraph,
                "The answer of a word problem must be whole, of at most 64 bits; that of \"\(key)\" is "
                    + "\(answer.numerator)/\(answer.denominator). Change a number.")
        }
        return whole
    }

    /// Whether a fact is needed only in appearance: in a difference, what both sides have in common may cancel out.
    var hasIdleFacts: Bool {
        guard isDifferenceAsked else { return false }
        let needed = neededFacts
        return needed.indices.contains { place in
            var less = self
            less.facts = needed
            less.facts.remove(at: place)
            return (try? less.solve()) != nil
        }
    }

    /// The equation of a fact; nil while its condition cannot be decided.
    private func equation(of fact: Fact, _ known: [Int: Rational]) -> LinearSystem.Equation? {
        var statement = fact.statement
        if let alternative = fact.alternative {
            switch alternative.condition {
            case .event(_, let happens): if !happens { statement = alternative.otherwise }
            case .exceeds(let quantity, let threshold):
                guard let value = known[quantity] else { return nil }
                if value <= Rational(threshold) { statement = alternative.otherwise }
            }
        }
        switch statement {
        case .given(let value): return LinearSystem.Equation([fact.quantity: 1], Rational(value))
        case .related(let relation):
            // The quantity, less the operands with their factors, is the term.
            let (factors, term) = relation.linearForm
            var coefficients = [fact.quantity: Rational(1)]
            for (operand, factor) in zip(relation.operands, factors) {
                coefficients[operand] = coefficients[operand, default: 0] - factor
            }
            return LinearSystem.Equation(coefficients, term)
        }
    }
}

extension Relation {
    /// The factor of each operand, and the term that is added.
    fileprivate var linearForm: (factors: [Rational], term: Rational) {
        let number = Rational(numbers.number)
        return switch kind {
        case .more, .gain: ([1], number)
        case .fewer, .loss: ([1], -number)
        case .times, .price, .rate, .groups, .conversion: ([number], 0)
        case .share: ([quotient(1, numbers.number)], 0)
        case .fraction: ([quotient(numbers.number, numbers.divisor)], 0)
        case .percent: ([quotient(numbers.number, 100)], 0)
        case .total: (operands.map { _ in 1 }, 0)
        case .difference: ([1, -1], 0)
        }
    }

    private func quotient(_ numerator: Int, _ denominator: Int) -> Rational {
        guard let quotient = Rational(numerator, over: denominator) else {
            preconditionFailure("\(kind) divides by zero")
        }
        return quotient
    }
}
