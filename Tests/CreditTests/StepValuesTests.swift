import Credit
import Testing

@Suite struct `Step values` {
    @Test func `under pi a value is the share of correct continuations`() throws {
        let values = StepValues(
            groupTrials: 8, groupSuccesses: 2, prefixes: try PrefixStatistics(trials: [4, 4], successes: [3, 1]),
            stepCount: 4, isCorrect: false, under: .pi)
        #expect(values.start == 0.25)
        #expect(values.values == [0.75, 0.25, nil, 0])
        #expect(values.advantages == [0.5, -0.5, nil, nil])
    }

    @Test func `under best of K a value is whether any of K is correct`() throws {
        let prefixes = try PrefixStatistics(trials: [1, 5, 5, 4], successes: [1, 1, 0, 0])
        let values = StepValues(
            groupTrials: 5, groupSuccesses: 1, prefixes: prefixes, stepCount: 6, isCorrect: false, under: .bestOf(5))
        #expect(values.start == 1)
        #expect(values.values == [1, 1, 0, nil, nil, 0])
        // The first pit is where the advantage is least.
        #expect(values.advantages == [0, 0, -1, nil, nil, nil])
    }

    @Test func `the question's value under best of K is the mean over choices of K from the group`() {
        let prefixes = PrefixStatistics()
        func start(_ trials: Int, _ successes: Int) -> Double? {
            StepValues(
                groupTrials: trials, groupSuccesses: successes, prefixes: prefixes, stepCount: 1, isCorrect: false,
                under: .bestOf(2)
            ).start
        }
        #expect(start(0, 0) == nil)
        #expect(start(4, 0) == 0)
        #expect(start(4, 1) == 0.5)  // 3 of the 6 pairs hold the correct one.
        #expect(start(1, 1) == 1)
        #expect(start(1, 0) == 0)
    }

    @Test func `the last step has the rollout's own verdict, whatever was sampled`() throws {
        let prefixes = try PrefixStatistics(trials: [4, 4], successes: [1, 4])
        for isCorrect in [true, false] {
            let values = StepValues(
                groupTrials: 1, groupSuccesses: 0, prefixes: prefixes, stepCount: 2, isCorrect: isCorrect, under: .pi)
            #expect(values.values == [0.25, isCorrect ? 1 : 0])
        }
    }

    @Test func `the chance of a false pit is that of the table in section 1-4 of the papers`() {
        let counts = [3, 4, 5, 8, 16]
        let table: [(Double, [Double])] = [
            (0.05, [0.857, 0.815, 0.774, 0.663, 0.440]),
            (0.10, [0.729, 0.656, 0.590, 0.430, 0.185]),
            (0.20, [0.512, 0.410, 0.328, 0.168, 0.028]),
            (0.30, [0.343, 0.240, 0.168, 0.058, 0.003]),
            (0.50, [0.125, 0.062, 0.031, 0.004, 0.000]),
        ]
        for (probability, row) in table {
            for (count, expected) in zip(counts, row) {
                let chance = falsePitProbability(probability: probability, count: count)
                #expect(abs(chance - expected) <= 0.0005001, "p \(probability), K \(count)")
                #expect(bestOfK(probability: probability, count: count) == 1 - chance)
            }
        }
    }
}
