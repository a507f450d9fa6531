import Credit
import Testing

@Suite struct `Step tokens` {
    @Test func `steps and prefixes are cut at the ends`() throws {
        let solution = try StepTokens(tokens: [1, 2, 3, 4, 5, 6], stepEnds: [2, 3, 6])
        #expect(solution.stepCount == 3)
        #expect((1...3).map { Array(solution.step($0)) } == [[1, 2], [3], [4, 5, 6]])
        #expect((0...3).map { Array(solution.prefix(steps: $0)) } == [[], [1, 2], [1, 2, 3], [1, 2, 3, 4, 5, 6]])
        #expect(try StepTokens(tokens: [], stepEnds: []).stepCount == 0)
    }

    @Test(arguments: [[], [2], [4], [0, 3], [2, 2, 3], [2, 1, 3], [-1, 3], [3, 3], [3, 2]])
    func `ends that do not divide the tokens are refused`(stepEnds: [Int]) {
        let error = #expect(throws: CreditError.self) { try StepTokens(tokens: [1, 2, 3], stepEnds: stepEnds) }
        #expect(error?.code == .misplacedStepEnds)
    }
}
