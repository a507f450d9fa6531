import Credit
import Testing

@Suite struct `Effective reward of steps` {
    /// 2 of 4 rollouts are correct; 3, 1 and 0 of 4 continuations of the prefixes; the last step's value is its verdict.
    private func values(_ policy: RolloutPolicy) throws -> StepValues {
        StepValues(
            groupTrials: 4, groupSuccesses: 2,
            prefixes: try PrefixStatistics(trials: [4, 4, 4], successes: [3, 1, 0]), stepCount: 4, isCorrect: false,
            under: policy)
    }

    @Test func `of VinePPO is the advantage under the policy`() throws {
        let rewards = EffectiveReward.advantage.rewards(policy: try values(.pi), prover: try values(.bestOf(4)))
        #expect(rewards == [0.25, -0.5, -0.25, 0])
    }

    @Test func `of PAV is the value and alpha times the prover's advantage`() throws {
        let rewards = EffectiveReward.process(alpha: 3).rewards(
            policy: try values(.pi), prover: try values(.bestOf(4)))
        // Q = 3/4, 1/4, 0, 0; the best of 4 is sure of a way on until the third step.
        #expect(rewards == [0.75, 0.25, 0 - 3, 0])
    }

    @Test func `is not known where a value is not`() throws {
        let short = StepValues(
            groupTrials: 4, groupSuccesses: 2, prefixes: try PrefixStatistics(trials: [4], successes: [3]),
            stepCount: 3, isCorrect: true, under: .pi)
        #expect(EffectiveReward.advantage.rewards(policy: short, prover: short) == [0.25, nil, nil])
        #expect(EffectiveReward.process(alpha: 1).rewards(policy: short, prover: short) == [1, nil, nil])
    }

    @Test func `steps of correct solutions that do not help are counted`() {
        var steps = SpuriousSteps()
        #expect(steps.rate == nil)
        steps.add([0.5, 0, nil, -0.25, 0.1])
        steps.add([nil])
        #expect(steps.stepCount == 4 && steps.spuriousCount == 2 && steps.rate == 0.5)
        var strict = SpuriousSteps(bound: -0.2)
        strict.add([0.5, 0, -0.25])
        #expect(strict.spuriousCount == 1)
    }
}
