import Credit
import Testing

@Suite struct `Prefix statistics` {
    @Test(arguments: [([1], []), ([1], [2]), ([1, 3], [0, -1]), ([-1], [0]), ([-1], [-1])] as [([Int], [Int])])
    func `counts that cannot be are refused`(trials: [Int], successes: [Int]) {
        let error = #expect(throws: CreditError.self) { try PrefixStatistics(trials: trials, successes: successes) }
        #expect(error?.code == .contradictoryCounts)
    }

    @Test func `counts are kept as they are`() throws {
        let statistics = try PrefixStatistics(trials: [5, 0, 2], successes: [5, 0, 1])
        #expect(statistics.trials == [5, 0, 2] && statistics.successes == [5, 0, 1])
        #expect(try PrefixStatistics(trials: [], successes: []) == PrefixStatistics())
    }
}
