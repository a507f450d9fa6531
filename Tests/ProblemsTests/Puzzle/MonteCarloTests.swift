import Basics
import Credit
import Foundation
import Problems
import Testing

/// What estimates by sampling are worth, where the value that they estimate is known exactly.
@Suite struct `Values estimated by continuations` {
    /// A prefix of a puzzle: what is left after its first step, with its exact value under the random policy.
    private struct Prefix {
        let numbers: [Int]
        let target: Int
        let value: Double
    }

    /// Prefixes of one step, of puzzles of three and four numbers, whose values are neither 0 nor 1.
    private static func prefixes(count: Int, seed: UInt64) throws -> [Prefix] {
        let family = try PuzzleFamily(dials: ["numbers": "3..4"])
        var generator = SeededGenerator(seed: seed, name: "prefixes")
        var prefixes: [Prefix] = []
        var index: UInt64 = 0
        while prefixes.count < count {
            let puzzle = try #require(
                Puzzle(question: family.problem(seed: seed, index: index, split: .train).question))
            index += 1
            let moves = PlainPuzzle.moves(from: puzzle.numbers).sorted { $0.key < $1.key }
            let left = try #require(moves.randomElement(using: &generator)).value
            var value = PuzzleValue(target: puzzle.target)
            let chance = try value.randomSuccess(from: left)
            if chance > 0 { prefixes.append(Prefix(numbers: left, target: puzzle.target, value: chance)) }
        }
        return prefixes
    }

    @Test func `have an error that falls as one over the root of K`() throws {
        let prefixes = try Self.prefixes(count: 64, seed: 1)
        let drawCount = 4096
        let counts = (0...8).map { 1 << $0 }
        var squares = Array(repeating: 0.0, count: counts.count)
        for (index, prefix) in prefixes.enumerated() {
            var policy = RandomPuzzlePolicy(target: prefix.target)
            var generator = SeededGenerator(seed: 2, name: "continuations/\(index)")
            let draws = (0..<drawCount).map { _ in policy.succeeds(from: prefix.numbers, using: &generator) }
            for (place, k) in counts.enumerated() {
                // As many estimates of K continuations as the draws hold.
                for first in stride(from: 0, to: drawCount, by: k) {
                    let estimate = Double(draws[first..<(first + k)].count { $0 }) / Double(k)
                    squares[place] +=
                        (estimate - prefix.value) * (estimate - prefix.value) * Double(k)
                        / Double(drawCount * prefixes.count)
                }
            }
        }
        let errors = squares.map { $0.squareRoot() }
        let expected = prefixes.map { $0.value * (1 - $0.value) }.reduce(0, +) / Double(prefixes.count)
        print("| K | root mean square error | (mean p(1-p) / K)^½ |\n| --- | --- | --- |")
        for (k, error) in zip(counts, errors) {
            let predicted = (expected / Double(k)).squareRoot()
            print(String(format: "| %d | %.4f | %.4f |", k, error, predicted))
            // A mean of 1,024 squares or more is within 4.5% of its expectation with one standard deviation.
            #expect(abs(error / predicted - 1) < 0.1, "K = \(k)")
        }
        let slope = Self.slope(zip(counts, errors).map { (log(Double($0)), log($1)) })
        print(String(format: "slope of log error over log K: %.3f", slope))
        #expect(abs(slope + 0.5) < 0.03)
    }

    @Test func `call a good step a pit as often as they must`() throws {
        let all = try Self.prefixes(count: 200, seed: 3)
        let searchCount = 1000
        print("| p | K | false pits of \(searchCount) | (1-p)^K | interval |\n| --- | --- | --- | --- | --- |")
        for wanted in [0.05, 0.1, 0.2, 0.3, 0.4] {
            let prefix = try #require(all.min { abs($0.value - wanted) < abs($1.value - wanted) })
            #expect(abs(prefix.value - wanted) < 0.06, "\(wanted)")
            var policy = RandomPuzzlePolicy(target: prefix.target)
            for k in [1, 3, 5, 8, 16] {
                var generator = SeededGenerator(seed: 4, name: "searches/\(wanted)/\(k)")
                var falsePits = 0
                for _ in 0..<searchCount {
                    // The step before the last is good; a search that does not pass it calls it a pit all the same.
                    var search = try FirstPitSearch(stepCount: 2, continuationCount: k, waveSize: min(k, 3))
                    while let request = search.nextRequest {
                        let successes = (0..<request.count).count { _ in
                            policy.succeeds(from: prefix.numbers, using: &generator)
                        }
                        try search.record(correct: successes, incorrect: request.count - successes, errors: 0)
                    }
                    if search.outcome == .pit(step: 1) { falsePits += 1 }
                }
                let chance = falsePitProbability(probability: prefix.value, count: k)
                let interval = Self.binomialInterval(count: searchCount, probability: chance, tail: 1e-4)
                print(
                    String(
                        format: "| %.3f | %d | %d | %.4f | %d to %d |", prefix.value, k, falsePits, chance,
                        interval.lowerBound, interval.upperBound))
                #expect(interval.contains(falsePits), "p = \(prefix.value), K = \(k)")
            }
        }
    }

    /// The slope of the least-squares line.
    private static func slope(_ points: [(x: Double, y: Double)]) -> Double {
        let n = Double(points.count)
        let (x, y) = (points.map(\.x).reduce(0, +) / n, points.map(\.y).reduce(0, +) / n)
        let covariance = points.reduce(0) { $0 + ($1.x - x) * ($1.y - y) }
        return covariance / points.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
    }

    /// The numbers of successes outside of which a binomial draw falls with at most the probability `tail` on either side.
    private static func binomialInterval(count: Int, probability: Double, tail: Double) -> ClosedRange<Int> {
        // In logarithms, each from the one before, because the masses themselves underflow.
        let odds = log(probability) - log1p(-probability)
        var logarithm = Double(count) * log1p(-probability)
        let masses = (0...count).map { successes in
            defer { logarithm += odds + log(Double(count - successes)) - log(Double(successes + 1)) }
            return exp(logarithm)
        }
        var (low, high, below, above) = (0, count, 0.0, 0.0)
        while below + masses[low] <= tail {
            below += masses[low]
            low += 1
        }
        while above + masses[high] <= tail {
            above += masses[high]
            high -= 1
        }
        return low...high
    }
}
