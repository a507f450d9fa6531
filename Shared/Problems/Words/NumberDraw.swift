import Basics

/// Draws the numbers of statements, within dials.
struct NumberDraw {
    let dials: WordDials
    let theme: Theme

    /// The values that a quantity may have.
    var limits: ClosedRange<Int> { 1...dials.limit }

    /// The values that may be given.
    ///
    /// - Precondition: the dials are valid, so that there are some.
    var given: ClosedRange<Int> { dials.values.clamped(to: limits) }

    /// Draws the numbers of a relation that take one value to another that is whole and in its limits; nil if there are
    /// none. For a total and a difference, which have no numbers, those say nothing.
    func numbers(_ kind: RelationKind, taking value: Int, _ generator: inout SeededGenerator) -> Relation.Numbers? {
        switch kind {
        case .more, .gain: return number(in: dials.values, upTo: dials.limit - value, &generator)
        case .fewer, .loss: return number(in: dials.values, upTo: value - 1, &generator)
        case .times, .price, .rate, .groups:
            return number(in: dials.factors, upTo: dials.limit / value, &generator)
        case .share:
            let divisors = dials.factors.filter { value % $0 == 0 }
            return divisors.isEmpty ? nil : Relation.Numbers(generator.draw(from: divisors))
        case .fraction:
            let divisors = (2...10).filter { value % $0 == 0 }
            return divisors.isEmpty ? nil : fraction(over: generator.draw(from: divisors), &generator)
        case .percent:
            let percentages = Self.percentages.filter { value * $0 % 100 == 0 }
            return percentages.isEmpty ? nil : Relation.Numbers(generator.draw(from: percentages))
        case .conversion:
            return theme.bundle.flatMap { value * $0.size <= dials.limit ? Relation.Numbers($0.size) : nil }
        case .total, .difference: return Relation.Numbers(0)
        }
    }

    /// Draws a given value, and the numbers of a relation that take it to this result; nil if a few draws find none.
    func origin(
        of result: Int, by kind: RelationKind, _ generator: inout SeededGenerator
    ) -> (value: Int, numbers: Relation.Numbers)? {
        for _ in 0..<16 {
            let numbers: Relation.Numbers
            let value: (Int, remainder: Int)
            switch kind {
            case .more, .gain, .fewer, .loss:
                numbers = Relation.Numbers(generator.draw(in: dials.values))
                let sign = kind == .more || kind == .gain ? -1 : 1
                value = (result + sign * numbers.number, 0)
            case .times, .price, .rate, .groups:
                numbers = Relation.Numbers(generator.draw(in: dials.factors))
                value = result.quotientAndRemainder(dividingBy: numbers.number)
            case .fraction:
                numbers = fraction(over: generator.draw(in: 2...10), &generator)
                value = (result * numbers.divisor).quotientAndRemainder(dividingBy: numbers.number)
            case .percent:
                numbers = Relation.Numbers(generator.draw(from: Self.percentages))
                value = (result * 100).quotientAndRemainder(dividingBy: numbers.number)
            case .conversion:
                guard let size = theme.bundle?.size else { return nil }
                numbers = Relation.Numbers(size)
                value = result.quotientAndRemainder(dividingBy: size)
            case .share, .total, .difference: return nil
            }
            // A fraction whose denominator divides only the product would not come out whole on the way.
            let relation = Relation(kind, [0], numbers)
            if value.remainder == 0, given.contains(value.0), relation.calculation([value.0]).result == result {
                return (value.0, numbers)
            }
        }
        return nil
    }

    /// Draws the numbers of a statement anew, with the values of all quantities; nil if there are none.
    func again(_ statement: Statement, _ values: [Int], _ generator: inout SeededGenerator) -> Statement? {
        guard let relation = statement.relation else { return .given(generator.draw(in: given)) }
        return numbers(relation.kind, taking: values[relation.operands[0]], &generator).map {
            .related(relation.with($0))
        }
    }

    /// Draws the numbers of a fact anew, its condition's threshold included; nil if there are none.
    func again(_ fact: Fact, _ values: [Int], _ generator: inout SeededGenerator) -> Fact? {
        guard let statement = again(fact.statement, values, &generator) else { return nil }
        guard var alternative = fact.alternative else { return Fact(fact.quantity, statement) }
        guard let otherwise = again(alternative.otherwise, values, &generator) else { return nil }
        if case .exceeds(let quantity, _) = alternative.condition {
            alternative.condition = .exceeds(quantity: quantity, threshold: generator.draw(in: given))
        }
        alternative.otherwise = otherwise
        return Fact(fact.quantity, statement, alternative)
    }

    private static let percentages = Array(stride(from: 5, through: 95, by: 5))

    private func fraction(over divisor: Int, _ generator: inout SeededGenerator) -> Relation.Numbers {
        let numerators = (1..<divisor).filter { numerator in
            !(2...divisor).contains { numerator.isMultiple(of: $0) && divisor.isMultiple(of: $0) }
        }
        return Relation.Numbers(generator.draw(from: numerators), over: divisor)
    }

    /// Draws a number of the range up to a bound; nil if there is none.
    private func number(
        in range: ClosedRange<Int>, upTo bound: Int, _ generator: inout SeededGenerator
    ) -> Relation.Numbers? {
        guard range.lowerBound <= bound else { return nil }
        return Relation.Numbers(generator.draw(in: range.lowerBound...min(range.upperBound, bound)))
    }
}
