import Basics
import Credit
import Testing

@Suite struct `Confidence interval` {
    @Test(arguments: [
        // Roots of (p - x)^2 = z^2 p (1 - p) / n, worked out apart from the code.
        (8, 10, 0.4901625, 0.9433178), (0, 20, 0, 0.1611252), (20, 20, 0.8388748, 1), (0, 0, 0, 1),
    ])
    func `of an accuracy it is Wilson's`(correctCount: Int, problemCount: Int, lower: Double, upper: Double) {
        let interval = ConfidenceInterval.accuracy(correctCount: correctCount, problemCount: problemCount)
        #expect(abs(interval.lower - lower) < 1e-6)
        #expect(abs(interval.upper - upper) < 1e-6)
    }

    @Test func `of a gain it is worked by hand`() {
        // 3 won, 1 lost of 10: (4 - 2) / 12 +- 1.96 sqrt((6/12 - 1/36) / 12).
        let before = [false, false, false, true, true, true, true, false, false, true]
        let after = [true, true, true, false, true, true, true, false, false, true]
        let interval = ConfidenceInterval.gain(before: before, after: after)
        #expect(abs(interval.lower - -0.2221373) < 1e-6)
        #expect(abs(interval.upper - 0.5554706) < 1e-6)
        let reversed = ConfidenceInterval.gain(before: after, after: before)
        #expect(abs(reversed.lower + interval.upper) < 1e-12 && abs(reversed.upper + interval.lower) < 1e-12)
    }

    @Test func `of a gain it stays within the possible`() {
        for count in [0, 1, 2, 40] {
            let interval = ConfidenceInterval.gain(
                before: Array(repeating: false, count: count), after: Array(repeating: true, count: count))
            #expect(interval.lower >= -1 && interval.upper <= 1 && interval.lower < interval.upper)
        }
    }

    @Test(arguments: [(60, 0.1, 0.1), (200, 0.05, 0.02), (200, 0.3, 0.1), (1000, 0.06, 0.03), (50, 0.02, 0.02)])
    func `of a gain it covers the true gain in about 95 of 100 samples`(problemCount: Int, won: Double, lost: Double) {
        var generator = SeededGenerator(seed: 21, name: "\(problemCount)/\(won)/\(lost)")
        let sampleCount = 2000
        var covered = 0
        for _ in 0..<sampleCount {
            var (before, after) = ([Bool](), [Bool]())
            for _ in 0..<problemCount {
                let draw = Double(generator.nextUnitFloat())
                // The remaining problems are solved by both or by neither, which must not matter.
                before.append(draw < lost || draw > 0.7)
                after.append((draw >= lost && draw < lost + won) || draw > 0.7)
            }
            let interval = ConfidenceInterval.gain(before: before, after: after)
            if interval.lower <= won - lost && won - lost <= interval.upper { covered += 1 }
        }
        let coverage = Double(covered) / Double(sampleCount)
        // Where only a few problems differ the method is cautious: with one or two it covers nearly always.
        let upperBound = Double(problemCount) * (won + lost) < 5 ? 1 : 0.98
        #expect(coverage > 0.935 && coverage <= upperBound, "coverage \(coverage), seed 21")
    }

    @Test(arguments: [(50, 0.1), (200, 0.5), (1000, 0.85)])
    func `of an accuracy it covers the true one in about 95 of 100 samples`(problemCount: Int, accuracy: Double) {
        var generator = SeededGenerator(seed: 22, name: "\(problemCount)/\(accuracy)")
        let sampleCount = 2000
        let covered = (0..<sampleCount).count { _ in
            let correct = (0..<problemCount).count { _ in Double(generator.nextUnitFloat()) < accuracy }
            let interval = ConfidenceInterval.accuracy(correctCount: correct, problemCount: problemCount)
            return interval.lower <= accuracy && accuracy <= interval.upper
        }
        let coverage = Double(covered) / Double(sampleCount)
        #expect(coverage > 0.93 && coverage < 0.98, "coverage \(coverage), seed 22")
    }
}
