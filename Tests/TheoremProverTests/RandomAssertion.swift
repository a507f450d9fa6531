import Basics
import TheoremProver

/// Formulas of two integers that are drawn, and what they say, worked out by the rules of arithmetic.
enum RandomAssertion {
    static func assertion(depth: Int, _ generator: inout SeededGenerator) -> Assertion {
        switch depth == 0 ? generator.next() % 2 : generator.next() % 5 {
        case 0: .equal(term(depth: 1, &generator), term(depth: 1, &generator))
        case 1: .less(term(depth: 1, &generator), term(depth: 1, &generator))
        case 2: .not(assertion(depth: depth - 1, &generator))
        case 3: .all((0..<Int(generator.next() % 3)).map { _ in assertion(depth: depth - 1, &generator) })
        default: .any((0..<Int(generator.next() % 3)).map { _ in assertion(depth: depth - 1, &generator) })
        }
    }

    private static func term(depth: Int, _ generator: inout SeededGenerator) -> IntegerTerm {
        switch depth == 0 ? generator.next() % 2 : generator.next() % 6 {
        case 0: .number(Int(generator.next() % 13) - 6)
        case 1: .variable(Int(generator.next() % 2))
        case 2: .sum((0..<Int(generator.next() % 3)).map { _ in term(depth: depth - 1, &generator) })
        case 3: .difference(term(depth: depth - 1, &generator), term(depth: depth - 1, &generator))
        case 4: .product(term(depth: depth - 1, &generator), term(depth: depth - 1, &generator))
        default: .remainder(term(depth: depth - 1, &generator), divisor: 1 + Int(generator.next() % 3))
        }
    }

    static func holds(_ assertion: Assertion, _ values: [Int]) -> Bool {
        switch assertion {
        case .equal(let first, let second): value(first, values) == value(second, values)
        case .less(let first, let second): value(first, values) < value(second, values)
        case .not(let assertion): !holds(assertion, values)
        case .all(let assertions): assertions.allSatisfy { holds($0, values) }
        case .any(let assertions): assertions.contains { holds($0, values) }
        }
    }

    private static func value(_ term: IntegerTerm, _ values: [Int]) -> Int {
        switch term {
        case .number(let number): return number
        case .variable(let place): return values[place]
        case .sum(let terms): return terms.reduce(0) { $0 + value($1, values) }
        case .difference(let first, let second): return value(first, values) - value(second, values)
        case .product(let first, let second): return value(first, values) * value(second, values)
        case .remainder(let term, let divisor):
            let rest = value(term, values) % divisor
            return rest < 0 ? rest + divisor : rest
        }
    }
}
