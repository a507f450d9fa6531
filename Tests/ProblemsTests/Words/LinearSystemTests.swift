import Basics
import Mathematics
@testable import Problems
import Testing

@Suite struct `Linear systems` {
    private typealias Equation = LinearSystem.Equation

    private func equation(_ coefficients: [Int: Int], _ constant: Int) -> Equation {
        Equation(coefficients.mapValues { Rational($0) }, Rational(constant))
    }

    @Test func `two equations in two unknowns have the solution that a pupil finds`() {
        // x + y = 30, x - y = 6.
        let system = [equation([0: 1, 1: 1], 30), equation([0: 1, 1: -1], 6)]
        #expect(LinearSystem.determined(by: system) == [0: Rational(18), 1: Rational(12)])
    }

    @Test func `an unknown is determined even where others are not`() {
        // x + y + z = 10, y + z = 4: x is 6, y and z are open.
        let system = [equation([0: 1, 1: 1, 2: 1], 10), equation([1: 1, 2: 1], 4)]
        #expect(LinearSystem.determined(by: system) == [0: Rational(6)])
    }

    @Test func `equations that contradict each other have no solution, and repeated ones do no harm`() {
        let one = equation([0: 2, 1: 4], 6)
        #expect(LinearSystem.determined(by: [one, equation([0: 1, 1: 2], 4)]) == nil)
        #expect(LinearSystem.determined(by: [one, equation([0: 1, 1: 2], 3)]) == [:])
        #expect(LinearSystem.determined(by: [equation([:], 1)]) == nil)
        #expect(LinearSystem.determined(by: []) == [:])
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `what is said to be determined agrees with the solution that the equations were made from`(seed: UInt64) throws
    {
        var generator = SeededGenerator(seed: seed, name: "linear systems")
        let solution = (0..<6).map { _ in generator.draw(in: -9...9) }
        let equations = (0..<generator.draw(in: 3...9)).map { _ in
            let coefficients = Dictionary(
                uniqueKeysWithValues: solution.indices.map {
                    ($0, generator.draw(in: 0...2) == 0 ? 0 : generator.draw(in: -3...3))
                })
            return equation(coefficients, coefficients.reduce(0) { $0 + $1.value * solution[$1.key] })
        }
        let found = try #require(LinearSystem.determined(by: equations), "seed \(seed)")
        for (unknown, value) in found { #expect(value == Rational(solution[unknown]), "seed \(seed)") }
        // An unknown that is said to be open can have another value: with one the equations have a solution still.
        for open in solution.indices where found[open] == nil {
            let other = equations + [equation([open: 1], solution[open] + 1)]
            #expect(LinearSystem.determined(by: other) != nil, "seed \(seed), unknown \(open)")
        }
    }
}
