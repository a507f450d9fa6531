/// A solution or a continuation in tokens, divided into steps.
public struct StepTokens: Hashable, Sendable {
    /// The tokens as they were sampled, without those of the prompt or prefix.
    public let tokens: [Int32]
    /// For each step the index after its last token.
    public let stepEnds: [Int]

    /// Divides tokens into steps.
    ///
    /// - Throws: `CreditError` with `misplacedStepEnds` unless the ends rise strictly from above 0 to the number of
    ///   tokens; no tokens have no ends.
    public init(tokens: [Int32], stepEnds: [Int]) throws(CreditError) {
        guard zip([0] + stepEnds, stepEnds).allSatisfy({ $0 < $1 }), stepEnds.last ?? 0 == tokens.count else {
            throw CreditError(
                .misplacedStepEnds,
                "The ends of steps must rise strictly to the number of tokens, \(tokens.count); got \(stepEnds).")
        }
        self.tokens = tokens
        self.stepEnds = stepEnds
    }

    /// Number of steps; 0 only without tokens.
    public var stepCount: Int { stepEnds.count }

    /// The tokens of the first `count` steps; `count` in 0...`stepCount`.
    public func prefix(steps count: Int) -> ArraySlice<Int32> {
        precondition((0...stepCount).contains(count), "a prefix of \(count) steps of \(stepCount)")
        return tokens[..<(count == 0 ? 0 : stepEnds[count - 1])]
    }

    /// The tokens of one step, counted from 1 to `stepCount`.
    public func step(_ number: Int) -> ArraySlice<Int32> {
        precondition((1...max(1, stepCount)).contains(number), "step \(number) of \(stepCount)")
        return tokens[prefix(steps: number - 1).endIndex..<prefix(steps: number).endIndex]
    }
}
