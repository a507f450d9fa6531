import Basics
import Testing

@Suite struct `Seeded generator` {
    @Test func `the same seed and name give the same sequence`() {
        var first = SeededGenerator(seed: 7, name: "1.0.3.12")
        var second = SeededGenerator(seed: 7, name: "1.0.3.12")
        #expect((0..<100).map { _ in first.next() } == (0..<100).map { _ in second.next() })
    }

    @Test func `another seed or another name gives another sequence`() {
        var sequences: Set<[UInt64]> = []
        for seed in UInt64(0)..<20 {
            for name in ["", "a", "b", "1.0.3.12", "1.0.3.13"] {
                var generator = SeededGenerator(seed: seed, name: name)
                sequences.insert((0..<4).map { _ in generator.next() })
            }
        }
        #expect(sequences.count == 100)
    }

    @Test func `a stored state goes on with the same sequence`() {
        var first = SeededGenerator(seed: 1, name: "learner")
        _ = first.next()
        var resumed = SeededGenerator(state: first.state)
        #expect(first.next() == resumed.next())
    }

    @Test func `the sequence is that of the reference implementation of SplitMix64`() {
        // First outputs of Vigna's splitmix64.c from state 1234567.
        var generator = SeededGenerator(state: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        ]
        #expect((0..<3).map { _ in generator.next() } == expected)
    }

    @Test func `unit floats lie in the half-open unit interval and average one half`() {
        var generator = SeededGenerator(seed: 3, name: "unit")
        let draws = (0..<20_000).map { _ in generator.nextUnitFloat() }
        #expect(draws.allSatisfy { $0 >= 0 && $0 < 1 })
        let mean = draws.reduce(0, +) / Float(draws.count)
        #expect(abs(mean - 0.5) < 0.02)
    }
}
