import Basics
import Problems
import Testing

@Suite struct `A curriculum` {
    private func curriculum(_ rates: [String: (Double, Double)]) -> Curriculum {
        Curriculum(rates.map { ($0.key, Curriculum.PassRate(correct: $0.value.0, rollouts: $0.value.1)) })
    }

    @Test func `weighs levels at the edge most, and those always or never solved least, alike`() {
        let curriculum = curriculum(["always": (98, 98), "never": (0, 98), "half": (49, 98), "often": (79, 98)])
        #expect(curriculum.weight(of: "half") == 1)
        #expect(curriculum.weight(of: "unknown") == 1)
        // 4 · 0.8 · 0.2
        #expect(abs(curriculum.weight(of: "often") - 0.64) < 1e-12)
        #expect(curriculum.weight(of: "always") == 0.05)
        #expect(curriculum.weight(of: "never") == 0.05)
    }

    @Test func `takes a problem as often as its level's weight says`() {
        let seed: UInt64 = 11
        var generator = SeededGenerator(seed: seed, name: "test")
        let curriculum = curriculum(["often": (79, 98)])
        let taken = (0..<10_000).count { _ in curriculum.takes("often", &generator) }
        // Four standard deviations of a share of 0.64 of 10,000.
        #expect(abs(Double(taken) - 6_400) < 4 * 48, "seed \(seed): \(taken)")
    }

    @Test func `counts older rounds half as much with each that follows`() {
        var curriculum = curriculum(["a": (8, 8)])
        curriculum.add(["a": .init(correct: 0, rollouts: 4), "b": .init(correct: 1, rollouts: 2)])
        #expect(curriculum.passRates["a"] == .init(correct: 4, rollouts: 8))
        #expect(curriculum.passRates["b"] == .init(correct: 1, rollouts: 2))
        curriculum.add([:])
        #expect(curriculum.passRates["a"] == .init(correct: 2, rollouts: 4))
    }

    @Test func `the level of a problem is the number of its steps`() {
        func level(_ solution: String?) -> String {
            Problem(question: "q", referenceAnswer: "1", referenceSolution: solution).level
        }
        #expect(level("1+0=1\n#### 1") == "1 step")
        #expect(level("1+1=2\n2-1=1\n#### 1") == "2 steps")
        #expect(level("#### 1") == "0 steps")
        #expect(level(nil) == "unknown")
    }
}
