import Objectives
import Testing

/// Each method of the literature against TRL, or PyTorch where TRL has none; the values are of double precision.
@Suite struct `Objectives as TRL computes them` {
    private let file: ReferenceValues

    init() throws { file = try ReferenceValues.file.get() }

    /// A method's case: what is trained with, and which policies' log-probabilities it sees.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let objective: @Sendable (_ longest: Int) throws -> PolicyGradient
        /// Whether the old policy is the one that is within thousandths of the new one.
        var isNear = false
        var hasReference = false
        var hasBehaviour = false
        var testDescription: String { name }
    }

    static func named(
        _ method: PolicyGradientMethod, _ surrogate: PolicyGradient.Surrogate? = nil,
        correction: OffPolicyCorrection = .none, divergenceWeight: Double? = nil
    ) -> @Sendable (Int) throws -> PolicyGradient {
        { longest in
            try PolicyGradient(
                surrogate ?? method.surrogate, aggregation: method.aggregation(maximumTokens: longest),
                divergenceWeight: divergenceWeight ?? method.divergenceWeight, correction: correction)
        }
    }

    static let cases = [
        Case(name: "grpo", objective: named(.grpo), hasReference: true),
        Case(
            name: "grpo-dual",
            objective: named(.grpo, .clipped(ClipRange(lower: 0.2, upper: 0.2, dual: 1.5)), divergenceWeight: 0)),
        Case(name: "dr-grpo", objective: named(.drGRPO)),
        Case(name: "dapo", objective: named(.dapo)),
        Case(name: "gspo", objective: named(.gspo), isNear: true),
        Case(name: "cispo", objective: named(.cispo, .capped(maximum: 1.4))),
        Case(
            name: "truncated",
            objective: named(.grpo, correction: .truncated(.token, maximum: 1.2), divergenceWeight: 0),
            hasBehaviour: true),
        Case(
            name: "masked",
            objective: named(.grpo, correction: .masked(.token, minimum: 0.7, maximum: 1.5), divergenceWeight: 0),
            hasBehaviour: true),
        Case(
            name: "sequence-mask",
            objective: named(.grpo, correction: .sequenceMask(bound: 0.1), divergenceWeight: 0), hasBehaviour: true),
        Case(name: "rloo", objective: named(.rloo)),
    ]

    @Test func `every case of the file is compared`() {
        #expect(Set(Self.cases.map(\.name)) == Set(file.groups.keys))
    }

    @Test(arguments: cases) func `the loss and each token's weight agree`(method: Case) throws {
        let expected = try #require(file.groups[method.name])
        let rollouts = file.policy.indices.map { index in
            let old = (method.isNear ? file.near : file.old)[index]
            return SampledLogProbabilities(
                policy: file.policy[index], behaviour: method.hasBehaviour ? file.behaviour[index] : old,
                proximal: method.hasBehaviour ? old : nil,
                reference: method.hasReference ? file.reference[index] : nil,
                advantages: Array(repeating: file.advantages[index], count: file.policy[index].count))
        }
        let size = BatchSize(sequences: rollouts.count, tokens: file.policy.joined().count)
        let evaluation = try method.objective(file.longest).evaluate(rollouts, of: size)
        if let loss = expected.loss { #expect(abs(evaluation.loss - loss) < 1e-12) }
        #expect(largestDifference(evaluation.weights.flatMap { $0 }, expected.weights.flatMap { $0 }) < 1e-12)
    }

    @Test(arguments: ["dpo", "dpo-nll", "dpo-positive"])
    func `a preference's loss and weights agree`(name: String) throws {
        let expected = try #require(file.preferences[name])
        let objective = try StepPreference(
            beta: expected.beta, chosenLikelihoodWeight: expected.likelihood, chosenPenalty: expected.penalty)
        let pairs = expected.pairs.map {
            PairLogProbabilities(
                chosen: SequenceLogProbabilities(policy: $0.chosen, reference: $0.chosenReference),
                rejected: SequenceLogProbabilities(policy: $0.rejected, reference: $0.rejectedReference))
        }
        let evaluation = objective.evaluate(pairs, pairCount: pairs.count)
        #expect(abs(evaluation.loss - expected.loss) < 1e-12)
        for (weights, pair) in zip(evaluation.weights, expected.pairs) {
            #expect(largestDifference(weights.chosen, pair.chosenWeights) < 1e-12)
            #expect(largestDifference(weights.rejected, pair.rejectedWeights) < 1e-12)
        }
    }
}
