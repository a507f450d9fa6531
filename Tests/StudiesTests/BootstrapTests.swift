import Basics
import Testing

@testable import Studies

@Suite struct `A bootstrap` {
    private static let seed: UInt64 = 7

    private static func solved(_ count: Int, share: Double, name: String) -> [Bool] {
        var generator = SeededGenerator(seed: seed, name: name)
        return (0..<count).map { _ in Double(generator.nextUnitFloat()) < share }
    }

    private static func generator() -> SeededGenerator { SeededGenerator(seed: seed, name: "draws") }

    /// The normal approximation of the interval of a share, which 1,000 problems are enough for.
    @Test func `of one seed gives the interval of a share of problems`() throws {
        let solved = Self.solved(1_000, share: 0.7, name: "one")
        var generator = Self.generator()
        let bootstrap = Bootstrap(of: ["a": [1: solved]], count: 2_000, generator: &generator)
        let interval = try #require(bootstrap.interval { $0["a"] })
        let error = Double(solved.count { !$0 }) / 1_000
        let half = 1.96 * (error * (1 - error) / 1_000).squareRoot()
        #expect(abs(interval.lowerBound - (error - half)) < 0.006, "seed \(Self.seed): \(interval)")
        #expect(abs(interval.upperBound - (error + half)) < 0.006, "seed \(Self.seed): \(interval)")
    }

    @Test func `keeps methods paired: what both solve alike adds nothing to their difference`() throws {
        let solved = Self.solved(400, share: 0.5, name: "pair")
        var better = solved
        let wrong = solved.indices.filter { !solved[$0] }
        for index in wrong.prefix(20) { better[index] = true }
        var generator = Self.generator()
        let bootstrap = Bootstrap(of: ["a": [1: solved], "b": [1: better]], count: 500, generator: &generator)
        let same = try #require(bootstrap.interval { ($0["a"] ?? 0) - ($0["a"] ?? 1) })
        #expect(same == 0...0)
        let gain = try #require(bootstrap.interval { ($0["a"] ?? 0) - ($0["b"] ?? 0) })
        // 20 of 400 problems, each in or out: far narrower than two intervals of a share of 50%.
        #expect(gain.lowerBound > 0.02 && gain.upperBound < 0.08, "seed \(Self.seed): \(gain)")
    }

    @Test func `of several seeds is wider where seeds differ`() throws {
        let cells: [UInt64: [Bool]] = [
            1: Self.solved(500, share: 0.6, name: "1"), 2: Self.solved(500, share: 0.8, name: "2"),
            3: Self.solved(500, share: 0.9, name: "3"),
        ]
        var generator = Self.generator()
        let interval = try #require(
            Bootstrap(of: ["a": cells], count: 1_000, generator: &generator).interval { $0["a"] })
        #expect(interval.lowerBound < 0.15 && interval.upperBound > 0.3, "seed \(Self.seed): \(interval)")
    }

    @Test func `has no interval where most draws have no statistic, or there are no cells`() {
        var generator = Self.generator()
        #expect(
            Bootstrap(of: ["a": [1: [true, false]]], count: 100, generator: &generator).interval { _ in nil } == nil)
        #expect(Bootstrap<String>(of: [:], count: 100, generator: &generator).interval { $0["a"] } == nil)
    }
}
