public import Basics

/// The measured cells as they could also have come out: drawn again from their seeds and problems.
///
/// Cells of a seed have the same problems whatever their method and size, so that a draw takes the same seeds and problems for all of
/// them, and differences stay paired. With one seed only problems are drawn, and intervals leave out what seeds would add.
///
/// - Source: Efron and Tibshirani 1993, chapter 13 (percentile intervals).
public struct Bootstrap<Key: Hashable & Comparable & Sendable>: Sendable {
    /// The errors of the cells in each draw, meant over seeds.
    public let draws: [[Key: Double]]

    /// Draws.
    ///
    /// - Parameters:
    ///   - solved: of each cell, by seed, whether each problem was solved.
    ///   - count: how many draws.
    public init(of solved: [Key: [UInt64: [Bool]]], count: Int, generator: inout SeededGenerator) {
        let keys = solved.keys.sorted()
        let seeds = Set(solved.values.flatMap(\.keys)).sorted()
        let problemCounts = seeds.map { seed in keys.compactMap { solved[$0]?[seed]?.count }.max() ?? 0 }
        // Not a dictionary in the loop: all of it is walked through in each draw.
        let cells = keys.map { key in seeds.map { solved[key]?[$0] } }
        var draws: [[Key: Double]] = []
        for _ in 0..<(seeds.isEmpty ? 0 : count) {
            let drawn = seeds.map { _ in Int.random(in: seeds.indices, using: &generator) }
            let times = drawn.map { Self.times(problemCounts[$0], &generator) }
            var errors: [Key: Double] = [:]
            for (key, cells) in zip(keys, cells) {
                let found = zip(drawn, times).compactMap { seed, times in
                    cells[seed].flatMap { Self.error($0, times) }
                }
                if !found.isEmpty { errors[key] = found.reduce(0, +) / Double(found.count) }
            }
            draws.append(errors)
        }
        self.draws = draws
    }

    /// How often each of so many problems is drawn.
    private static func times(_ count: Int, _ generator: inout SeededGenerator) -> [Int] {
        var times = [Int](repeating: 0, count: count)
        for _ in times.indices { times[Int.random(in: times.indices, using: &generator)] += 1 }
        return times
    }

    /// The share of drawn problems that were not solved; nil if none was drawn.
    private static func error(_ solved: [Bool], _ times: [Int]) -> Double? {
        var (wrong, total) = (0, 0)
        for (isSolved, times) in zip(solved, times) {
            total += times
            if !isSolved { wrong += times }
        }
        return total == 0 ? nil : Double(wrong) / Double(total)
    }

    /// The 2.5% and the 97.5% point of a statistic; nil if fewer than half of the draws have it.
    public func interval(of statistic: ([Key: Double]) -> Double?) -> ClosedRange<Double>? {
        ends(of: statistic, by: \.self).map { $0.lower...$0.upper }
    }

    /// Those points of a statistic that is ordered by a number.
    public func ends<Value>(
        of statistic: ([Key: Double]) -> Value?, by order: (Value) -> Double
    ) -> (lower: Value, upper: Value)? {
        let values = draws.compactMap(statistic).sorted { order($0) < order($1) }
        guard !values.isEmpty, values.count * 2 >= draws.count else { return nil }
        let last = Double(values.count - 1)
        return (values[Int((0.025 * last).rounded())], values[Int((0.975 * last).rounded())])
    }
}
