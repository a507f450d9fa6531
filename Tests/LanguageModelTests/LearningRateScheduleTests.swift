import Testing

@testable import LanguageModel

@Suite struct `Learning rate schedule` {
    @Test func `the warm-up climbs evenly to the peak`() {
        let schedule = LearningRateSchedule(peak: 8, warmUpUpdates: 3)
        #expect((0..<6).map { schedule.rate(update: $0) } == [2, 4, 6, 8, 8, 8])
    }

    @Test func `the cosine falls from the peak to its fraction and stays there`() {
        let schedule = LearningRateSchedule(
            peak: 1, warmUpUpdates: 10, shape: .cosine(updateCount: 110, finalFraction: 0.2))
        let expected: [(Int, Float)] = [(10, 1), (35, 0.88284271), (60, 0.6), (85, 0.31715729), (110, 0.2), (999, 0.2)]
        for (update, rate) in expected { #expect(abs(schedule.rate(update: update) - rate) < 1e-6) }
    }

    @Test func `without warm-up the first update has the peak`() {
        #expect(LearningRateSchedule(peak: 0.5).rate(update: 0) == 0.5)
    }
}
