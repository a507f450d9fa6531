import Basics
import Credit
import Testing

@Suite struct `Pits that are held against further continuations` {
    private let good = true
    private let bad = false

    @Test func `are the first prefixes that fail half of them, and false where the other half succeeds once`() {
        var pits = HeldOutPits()
        pits.add([[good, bad, bad, bad], [bad, bad, bad, bad], [bad, bad, good, good]])
        #expect(pits.foundCount == 1 && pits.falseCount == 0)
        pits.add([[bad, bad, bad, good], [bad, bad, bad, bad]])
        #expect(pits.foundCount == 2 && pits.falseCount == 1)
    }

    @Test func `are not looked for behind a prefix of which nothing is known`() {
        var pits = HeldOutPits()
        pits.add([[bad], [bad, bad, bad, bad]])
        pits.add([[good, good], [], [bad, bad]])
        pits.add([])
        #expect(pits == HeldOutPits())
    }

    /// A prefix that is solved with probability p fails K times with (1 - p)^K, and then succeeds in K further tries with 1 - (1 - p)^K.
    @Test(arguments: [0.05, 0.2, 0.5])
    func `are as often false as they should be`(probability: Double) {
        var generator = SeededGenerator(seed: 3, name: "held out \(probability)")
        var pits = HeldOutPits()
        let count = 20_000
        for _ in 0..<count {
            pits.add([(0..<8).map { _ in Double.random(in: 0..<1, using: &generator) < probability }])
        }
        let failing = falsePitProbability(probability: probability, count: 4)
        // Five deviations of a count.
        func isNear(_ found: Int, _ share: Double, of total: Int) -> Bool {
            abs(Double(found) - share * Double(total)) < 5 * (share * (1 - share) * Double(total)).squareRoot()
        }
        #expect(isNear(pits.foundCount, failing, of: count), "seed 3")
        #expect(isNear(pits.falseCount, 1 - failing, of: pits.foundCount), "seed 3")
    }
}
