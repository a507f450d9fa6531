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
        guard answer.denominator == 1 else {
            throw ProblemsError(
                .openGraph,
                "The answer of a word problem must be whole; that of \"\(key)\" is "
                    + "\(answer.numerator)/\(answer.denominator). Change a number.")
        }
        return answer.numerator
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
                if !(value > Rational(threshold)) { statement = alternative.otherwise }
            }
        }
        switch statement {
        case .given(let value): return LinearSystem.Equation([fact.quantity: .one], Rational(value))
        case .related(let relation):
            // The quantity, less the operands with their factors, is the term.
            let (factors, term) = relation.linearForm
            var coefficients = [fact.quantity: Rational.one]
            for (operand, factor) in zip(relation.operands, factors) {
                coefficients[operand] = coefficients[operand, default: .zero] + -factor
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
        case .more, .gain: ([.one], number)
        case .fewer, .loss: ([.one], -number)
        case .times, .price, .rate, .groups, .conversion: ([number], .zero)
        case .share: ([.one / number], .zero)
        case .fraction: ([Rational(numbers.number, over: numbers.divisor)], .zero)
        case .percent: ([Rational(numbers.number, over: 100)], .zero)
        case .total: (operands.map { _ in .one }, .zero)
        case .difference: ([.one, -.one], .zero)
        }
    }
}
