import Credit
import Mathematics
import Testing

@Suite struct `Sample metrics` {
    @Test func `the mean reward leaves errors out`() {
        #expect(SampleMetrics.meanReward([.correct, .incorrect, .noAnswer, .error(reason: "Lost."), .correct]) == 0.5)
        #expect(SampleMetrics.meanReward([.error(reason: "Lost.")]) == nil)
        #expect(SampleMetrics.meanReward([]) == nil)
    }

    @Test func `pass at k is the share of choices of k rollouts that hold a correct one`() {
        for sampleCount in 1...8 {
            for correctCount in 0...sampleCount {
                // Every choice is a bit mask; the correct rollouts are the lowest bits.
                for k in 1...sampleCount {
                    let choices = (0..<(1 << sampleCount)).filter { $0.nonzeroBitCount == k }
                    let passed = choices.count { $0 & ((1 << correctCount) - 1) != 0 }
                    let estimate = SampleMetrics.passAtK(sampleCount: sampleCount, correctCount: correctCount, k: k)
                    #expect(abs(estimate - Double(passed) / Double(choices.count)) < 1e-12)
                }
            }
        }
        #expect(SampleMetrics.passAtK(sampleCount: 10_000, correctCount: 0, k: 5_000) == 0)
    }

    @Test(
        arguments: [
            (["7", "7", "8"], 1.0),
            (["8", "8", "7"], 0),
            (["7", "8"], 0.5),
            (["7", "8", "9"], 1.0 / 3),
            (["8", "9", nil, nil, nil, "7", "7"], 1),
            ([nil, nil], 0),
            ([], 0),
            (["07", "7", "8", "+8", "9"], 0.5),
        ] as [([String?], Double)])
    func `a majority vote counts numbers, and shares ties`(answers: [String?], credit: Double) throws {
        let reference = try #require(FinalAnswer(parsing: "7"))
        #expect(
            SampleMetrics.majority(
                answers: answers.map { $0.flatMap { FinalAnswer(parsing: $0) } }, reference: reference) == credit)
    }
}
