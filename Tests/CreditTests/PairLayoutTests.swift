import Credit
import Testing

@Suite struct `Pair layout` {
    /// A solution of these steps.
    private func steps(_ steps: [Int32]...) throws -> StepTokens {
        try StepTokens(
            tokens: steps.flatMap { $0 }, stepEnds: steps.indices.map { steps[...$0].reduce(0) { $0 + $1.count } })
    }

    private func rollout() throws -> StepTokens { try steps([1, 2], [3, 4], [5, 6], [7]) }

    @Test func `next-step sets the first step of a correct continuation against the pit step`() throws {
        let pair = try #require(
            PairLayout.nextStep.pair(
                rollout: rollout(), pit: 3, correct: [steps([8, 9], [10]), steps([8, 7, 6, 5], [4])]))
        #expect(pair.context == [1, 2, 3, 4])
        #expect(pair.chosen == [8, 9])
        #expect(pair.rejected == [5, 6])
    }

    @Test func `next-step with the pit at the first step starts at the prompt`() throws {
        let pair = try #require(PairLayout.nextStep.pair(rollout: rollout(), pit: 1, correct: [steps([1, 9], [10])]))
        #expect(pair.context == [] && pair.chosen == [1, 9] && pair.rejected == [1, 2])
    }

    @Test func `paper-1 sets a whole correct solution against the prefix up to the pit`() throws {
        let pair = try #require(
            PairLayout.paper1.pair(rollout: rollout(), pit: 2, correct: [steps([1, 2], [3, 9], [10])]))
        #expect(pair.context == [])
        #expect(pair.chosen == [1, 2, 3, 9, 10])
        #expect(pair.rejected == [1, 2, 3, 4])
    }

    @Test func `completion sets a whole correct completion against the pit step`() throws {
        let pair = try #require(
            PairLayout.completion.pair(
                rollout: rollout(), pit: 3, correct: [steps([8, 9], [10], [11]), steps([8, 9], [12])]))
        #expect(pair.context == [1, 2, 3, 4] && pair.chosen == [8, 9, 12] && pair.rejected == [5, 6])
        let first = try #require(
            PairLayout.completion.pair(rollout: rollout(), pit: 1, correct: [steps([1, 9], [10])]))
        #expect(first.context == [] && first.chosen == [1, 9, 10] && first.rejected == [1, 2])
        let recovers = try steps([5, 6], [9])
        #expect(try PairLayout.completion.pair(rollout: rollout(), pit: 3, correct: [recovers]) == nil)
    }

    @Test(arguments: PairLayout.allCases)
    func `without a correct one there is no pair`(layout: PairLayout) throws {
        #expect(try layout.pair(rollout: rollout(), pit: 2, correct: []) == nil)
        #expect(try layout.pair(rollout: rollout(), pit: 2, correct: [steps()]) == nil)
    }

    @Test func `a pit that a correct one goes through is refuted`() throws {
        let recovers = try steps([5, 6], [9])
        #expect(try PairLayout.nextStep.pair(rollout: rollout(), pit: 3, correct: [steps([8]), recovers]) == nil)
        let solved = try steps([1, 2], [3, 4], [9])
        #expect(try PairLayout.paper1.pair(rollout: rollout(), pit: 2, correct: [steps([8]), solved]) == nil)
        #expect(try PairLayout.paper1.pair(rollout: rollout(), pit: 3, correct: [solved]) != nil)
    }

    @Test(arguments: PairLayout.allCases)
    func `the choice among correct ones does not depend on their order`(layout: PairLayout) throws {
        let correct = try [steps([9, 9], [1, 1]), steps([9, 8], [2]), steps([8, 9], [7]), steps([8, 9, 1], [7])]
        for shift in correct.indices {
            let turned = Array(correct[shift...] + correct[..<shift])
            let pair = try #require(layout.pair(rollout: rollout(), pit: 2, correct: turned))
            #expect(pair.chosen == (layout == .nextStep ? [8, 9] : [8, 9, 7]))
        }
    }

    @Test func `of pairs that reject the same after the same context the first is kept`() throws {
        let solutions = try [steps([1], [2], [3]), steps([1], [2], [4]), steps([1], [5], [3]), steps([6], [2])]
        let pairs = try zip(solutions, [Int32](20...23)).map { rollout, chosen in
            try #require(PairLayout.nextStep.pair(rollout: rollout, pit: 2, correct: [steps([chosen])]))
        }
        #expect(pairs.withoutRepeatedPits() == [pairs[0], pairs[2], pairs[3]])
    }

    @Test func `layouts have the names of recipes`() {
        #expect(PairLayout.allCases.map(\.rawValue) == ["next-step", "completion", "paper-1"])
    }
}
