@testable import Problems
import Testing

@Suite struct `Rational numbers` {
    @Test func `fractions are in lowest terms, with the sign above`() {
        #expect(Rational(6, over: -4) == Rational(-3, over: 2))
        #expect(Rational(0, over: -7) == .zero)
        #expect(Rational(-6, over: -3) == Rational(2))
    }

    @Test func `arithmetic agrees with that of whole multiples`() {
        // A twelfth is the unit: a/b with b of 1, 2, 3, 4, 6 or 12 is 12 a/b of them, products are in units of 1/144.
        let numbers = [1, 2, 3, 4, 6, 12].flatMap { below in (-5...5).map { ($0, below) } }
        for (first, second) in numbers.flatMap({ first in numbers.map { (first, $0) } }) {
            let (left, right) = (Rational(first.0, over: first.1), Rational(second.0, over: second.1))
            let units = (12 * first.0 / first.1, 12 * second.0 / second.1)
            #expect(left + right == Rational(units.0 + units.1, over: 12))
            #expect(left * right == Rational(units.0 * units.1, over: 144))
            #expect((left > right) == (units.0 > units.1))
            #expect(left + -right == Rational(units.0 - units.1, over: 12))
            if second.0 != 0 { #expect(left / right * right == left) }
        }
    }
}
