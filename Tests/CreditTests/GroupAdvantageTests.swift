import Credit
import Testing

@Suite struct `Advantage in a group` {
    @Test func `worked by hand`() {
        // Mean 1/2; squared distances 4 · 1/4 over 3.
        let rewards = [1.0, 0, 1, 0]
        let deviation = (1.0 / 3).squareRoot() + 1e-6
        #expect(GroupAdvantage.reward.advantages(rewards: rewards) == rewards)
        #expect(GroupAdvantage.centred.advantages(rewards: rewards) == [0.5, -0.5, 0.5, -0.5])
        #expect(
            GroupAdvantage.standardised.advantages(rewards: rewards) == [0.5, -0.5, 0.5, -0.5].map { $0 / deviation })
    }

    @Test func `leaving one out is the reward less the mean of the others`() {
        let rewards = [1.0, 0.2, 0, 0.5, 1]
        let expected = rewards.indices.map { index in
            let others = rewards.indices.filter { $0 != index }.map { rewards[$0] }
            return rewards[index] - others.reduce(0, +) / 4
        }
        for (advantage, wanted) in zip(GroupAdvantage.leaveOneOut.advantages(rewards: rewards), expected) {
            #expect(abs(advantage - wanted) < 1e-15)
        }
    }

    @Test(arguments: [GroupAdvantage.centred, .standardised, .leaveOneOut])
    func `against a baseline they add up to 0, and equal rewards say nothing`(rule: GroupAdvantage) {
        #expect(abs(rule.advantages(rewards: [1, 0, 0, 0.3, 0.9]).reduce(0, +)) < 1e-12)
        #expect(rule.advantages(rewards: [1, 1, 1]) == [0, 0, 0])
        #expect(GroupAdvantage.saysNothing(rewards: [1, 1, 1]) && GroupAdvantage.saysNothing(rewards: []))
        #expect(!GroupAdvantage.saysNothing(rewards: [1, 1, 0]))
    }

    @Test(arguments: GroupAdvantage.allCases) func `of one rollout it is the reward`(rule: GroupAdvantage) {
        #expect(rule.advantages(rewards: [0.7]) == [0.7])
        #expect(rule.advantages(rewards: []) == [])
    }

    @Test(arguments: [(0, 0.0), (80, 0), (81, 0.05), (90, 0.5), (100, 1), (300, 1)])
    func `a solution that is nearly too long is fined by its length`(length: Int, penalty: Double) {
        #expect(overlongPenalty(tokenCount: length, free: 80, longest: 100) == penalty)
    }
}
