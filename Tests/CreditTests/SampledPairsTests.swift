import Credit
import Foundation
import Testing

@Suite struct `Pairs of sampled steps` {
    /// Three steps of the shares 3/4, 1/4 and 0, taken 4, 4 and 2 times.
    private let continuations: [SampledPairs.Continuation] =
        [true, true, true, false].map { .init(step: [1], isCorrect: $0) }
        + [true, false, false, false].map { .init(step: [2], isCorrect: $0) }
        + [false, false].map { .init(step: [3], isCorrect: $0) }

    @Test func `are drawn as often as the policy took the steps, and labelled by the difference of their values`() {
        let draws = 40_000
        let pairs = SampledPairs.pairs(after: [9], continuations: continuations, draws: draws, seed: 5, name: "p")
        let taken: [Int32: Double] = [1: 0.4, 2: 0.4, 3: 0.2]
        let values: [Int32: Double] = [1: 0.75, 2: 0.25, 3: 0]
        for (chosen, rejected) in [(1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (3, 2)] as [(Int32, Int32)] {
            let count = pairs.count { $0.chosen == [chosen] && $0.rejected == [rejected] }
            let label = 1 / (1 + exp(values[rejected]! - values[chosen]!))
            let probability = 2 * taken[chosen]! * taken[rejected]! * label
            // Five standard deviations.
            let deviation = (probability * (1 - probability) / Double(draws)).squareRoot()
            #expect(
                abs(Double(count) / Double(draws) - probability) < 5 * deviation, "seed 5: \(chosen) over \(rejected)")
        }
        #expect(pairs.allSatisfy { $0.context == [9] && $0.chosen != $0.rejected })
    }

    @Test func `follow from the seed and the prefix`() {
        func drawn(_ seed: UInt64, _ name: String) -> [PreferencePair] {
            SampledPairs.pairs(after: [], continuations: continuations, draws: 20, seed: seed, name: name)
        }
        #expect(drawn(1, "a") == drawn(1, "a"))
        #expect(drawn(1, "a") != drawn(2, "a") && drawn(1, "a") != drawn(1, "b"))
    }

    @Test func `there is none of one step`() {
        let same = [true, false, true].map { SampledPairs.Continuation(step: [1], isCorrect: $0) }
        #expect(SampledPairs.pairs(after: [], continuations: same, draws: 50, seed: 1, name: "").isEmpty)
        #expect(SampledPairs.pairs(after: [], continuations: [same[0]], draws: 50, seed: 1, name: "").isEmpty)
    }
}
