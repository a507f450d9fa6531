internal import Basics

/// Draws constraints that given values keep.
struct ConstraintDraw: Sendable {
    /// The integers that each variable is one of.
    let domain: ClosedRange<Int>
    /// The values that every constraint holds for.
    let solution: [Int]

    /// Draws different constraints, in the order they came in; fewer than the count if there are hardly more.
    func constraints(_ count: Int, _ generator: inout SeededGenerator) -> [Constraint] {
        var drawn: [Constraint] = []
        for _ in 0..<(4 * count) where drawn.count < count {
            let constraint = constraint(&generator)
            if !drawn.contains(constraint) { drawn.append(constraint) }
        }
        return drawn
    }

    /// Draws what is asked for: a variable, the sum of two, or the sum of all, but no sum that is told.
    func asked(told: [Constraint], _ generator: inout SeededGenerator) -> Comparison.Expression {
        let variable = Comparison.Expression.sum([generator.draw(in: 0...(solution.count - 1))])
        let asked = generator.draw(from: [variable, .sum(pair(&generator)), .sum(Array(solution.indices))])
        return told.contains(.comparison(equation(asked))) ? variable : asked
    }

    /// Draws a constraint; each kind is as likely.
    private func constraint(_ generator: inout SeededGenerator) -> Constraint {
        switch generator.draw(in: 0...8) {
        case 0: return .comparison(equation(.sum(pair(&generator))))
        case 1: return .comparison(equation(.sum(several(from: 2, &generator))))
        case 2: return .comparison(equation(.product(pair(&generator))))
        case 3: return .comparison(equation(.difference(pair(&generator))))
        case 4: return .comparison(inequality(.sum(several(from: 1, &generator)), &generator))
        case 5: return .comparison(inequality(.product(pair(&generator)), &generator))
        case 6: return .comparison(order(&generator))
        case 7:
            let variable = generator.draw(in: 0...(solution.count - 1))
            let divisor = generator.draw(in: 2...3)
            // Of threes only the multiples are told, which are easy to say.
            return solution[variable] % divisor == 0 || divisor == 2
                ? .remainder(variable, divisor: divisor, solution[variable] % divisor)
                : .remainder(variable, divisor: 2, solution[variable] % 2)
        default: return either(&generator)
        }
    }

    /// Two comparisons of which one holds, and the other holds or not, in any order.
    private func either(_ generator: inout SeededGenerator) -> Constraint {
        let other = ConstraintDraw(domain: domain, solution: solution.map { _ in generator.draw(in: domain) })
        let first = simple(&generator)
        var second = other.simple(&generator)
        while second.expression == first.expression { second = other.simple(&generator) }
        let comparisons = generator.shuffled([first, second])
        return .either(comparisons[0], comparisons[1])
    }

    /// `a<b` or `a=4`
    private func simple(_ generator: inout SeededGenerator) -> Comparison {
        generator.draw(in: 0...1) == 0
            ? order(&generator) : equation(.sum([generator.draw(in: 0...(solution.count - 1))]))
    }

    private func order(_ generator: inout SeededGenerator) -> Comparison {
        let expression = Comparison.Expression.difference(pair(&generator))
        let value = expression.value(solution)
        return Comparison(
            expression: expression, relation: value == 0 ? .equal : value < 0 ? .less : .greater, number: 0)
    }

    private func equation(_ expression: Comparison.Expression) -> Comparison {
        Comparison(expression: expression, relation: .equal, number: expression.value(solution))
    }

    /// Draws a bound that is off by at most the number of values, and that some values would break.
    private func inequality(
        _ expression: Comparison.Expression, _ generator: inout SeededGenerator
    ) -> Comparison {
        let value = expression.value(solution)
        let least = expression.value(solution.map { _ in domain.lowerBound })
        let most = expression.value(solution.map { _ in domain.upperBound })
        let isUpper = value < most && (value == least || generator.draw(in: 0...1) == 0)
        let slack = isUpper ? most - value : value - least
        let distance = generator.draw(in: 1...max(1, min(slack, domain.count)))
        return isUpper
            ? Comparison(expression: expression, relation: .less, number: value + distance)
            : Comparison(expression: expression, relation: .greater, number: value - distance)
    }

    private func pair(_ generator: inout SeededGenerator) -> [Int] {
        generator.shuffled(Array(solution.indices)).prefix(2).sorted()
    }

    /// As many variables or more, at most three.
    private func several(from least: Int, _ generator: inout SeededGenerator) -> [Int] {
        let count = generator.draw(in: least...min(3, solution.count))
        return generator.shuffled(Array(solution.indices)).prefix(count).sorted()
    }
}

extension Comparison.Expression {
    fileprivate static func difference(_ pair: [Int]) -> Self { .difference(pair[0], pair[1]) }
    fileprivate static func product(_ pair: [Int]) -> Self { .product(pair[0], pair[1]) }
}
