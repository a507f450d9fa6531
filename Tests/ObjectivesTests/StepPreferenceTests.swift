import Basics
import Objectives
import Testing

@Suite struct `Step preference objective` {
    private func pair<Scalar>(
        _ chosen: [Scalar], _ chosenReference: [Scalar], _ rejected: [Scalar], _ rejectedReference: [Scalar]
    ) -> PairLogProbabilities<Scalar> {
        PairLogProbabilities(
            chosen: SequenceLogProbabilities(policy: chosen, reference: chosenReference),
            rejected: SequenceLogProbabilities(policy: rejected, reference: rejectedReference))
    }

    private func randomPairs(seed: UInt64, _ count: Int) -> [PairLogProbabilities<Double>] {
        var generator = SeededGenerator(seed: seed, name: "pairs")
        func tokens(_ count: Int) -> [Double] { (0..<count).map { _ in -4 * Double(generator.nextUnitFloat()) } }
        return (0..<count).map { index in
            let (long, short) = (2 + index % 4, 1 + index % 3)
            return pair(tokens(long), tokens(long), tokens(short), tokens(short))
        }
    }

    @Test func `a pair of the reference policy itself has the loss log 2 and the weights of half beta`() throws {
        let evaluation = try StepPreference(beta: 0.5).evaluate(
            [pair([-1.0, -2], [-1, -2], [-3], [-3])], pairCount: 1)
        #expect(abs(evaluation.loss - 0.6931471805599453) < 1e-15)
        #expect(evaluation.weights[0].chosen == [-0.25, -0.25])
        #expect(evaluation.weights[0].rejected == [0.25])
        #expect(evaluation.metrics.accuracy == 0.5)
        #expect(evaluation.metrics.meanMargin == 0)
        #expect(evaluation.metrics.chosen.meanDivergence == 0)
    }

    @Test func `a pair worked by hand`() throws {
        // Log-ratios 0.5 and -1.5, so the margin is 0.1 * 2 = 0.2; sigma(-0.2) = 0.450166, -log sigma(0.2) = 0.598139.
        let evaluation = try StepPreference(beta: 0.1).evaluate(
            [pair([-1.0, -1.5], [-2, -1], [-4], [-2.5])], pairCount: 2)
        #expect(abs(evaluation.loss - 0.5981388693815918 / 2) < 1e-12)
        #expect(abs(evaluation.weights[0].chosen[1] + 0.1 * 0.45016600268752216 / 2) < 1e-15)
        #expect(abs(evaluation.weights[0].rejected[0] - 0.1 * 0.45016600268752216 / 2) < 1e-15)
        let metrics = evaluation.metrics
        #expect(abs(try #require(metrics.meanMargin) - 0.2) < 1e-15)
        #expect(metrics.accuracy == 1)
        #expect(metrics.meanChosenLogProbability == -2.5)
        #expect(metrics.meanRejectedLogProbability == -4)
        // r - 1 - log r: (e^1 - 1 - 1 + e^-0.5 - 1 + 0.5) / 2 on the chosen, e^-1.5 - 1 + 1.5 on the rejected.
        #expect(abs(try #require(metrics.chosen.meanDivergence) - 0.4124062440858391) < 1e-12)
        #expect(abs(try #require(metrics.rejected.meanDivergence) - 0.7231301601484298) < 1e-12)
    }

    @Test(arguments: [(0.1, 0.0, 0.0), (0.5, 0, 0), (2, 0, 0), (0.3, 1, 0), (0.5, 0.2, 0), (0.3, 0, 5), (0.1, 1, 50)])
    func `the weights are the derivatives of the loss`(
        beta: Double, likelihoodWeight: Double, penalty: Double
    ) throws {
        let objective = try StepPreference(
            beta: beta, chosenLikelihoodWeight: likelihoodWeight, chosenPenalty: penalty)
        let pairs = randomPairs(seed: 11, 6)
        let point = pairs.flatMap { $0.chosen.policy + $0.rejected.policy }
        func evaluation(_ tokens: [Double]) -> Evaluation<[PairWeights<Double>], StepPreferenceMetrics> {
            var rest = tokens[...]
            func take(_ count: Int) -> [Double] {
                defer { rest = rest.dropFirst(count) }
                return Array(rest.prefix(count))
            }
            let moved = pairs.map {
                pair(
                    take($0.chosen.policy.count), $0.chosen.reference, take($0.rejected.policy.count),
                    $0.rejected.reference)
            }
            return objective.evaluate(moved, pairCount: 10)
        }
        let weights = evaluation(point).weights.flatMap { $0.chosen + $0.rejected }
        let expected = finiteDifferences(at: point) { evaluation($0).loss }
        #expect(largestDifference(weights, expected) < 1e-8)
    }

    @Test func `packs add up to the batch`() throws {
        let objective = try StepPreference(beta: 0.5, chosenLikelihoodWeight: 0.1)
        let pairs = randomPairs(seed: 12, 7)
        let whole = objective.evaluate(pairs, pairCount: 7)
        let packs = [pairs[..<1], pairs[1..<5], pairs[5...]].map { objective.evaluate(Array($0), pairCount: 7) }
        #expect(abs(packs.reduce(0) { $0 + $1.loss } - whole.loss) < 1e-14)
        #expect(packs.flatMap(\.weights) == whole.weights)
        let metrics = packs.reduce(StepPreferenceMetrics()) { $0 + $1.metrics }
        #expect(metrics.pairCount == 7)
        #expect(metrics.orderedPairs == whole.metrics.orderedPairs)
        #expect(metrics.chosen.tokenCount == whole.metrics.chosen.tokenCount)
        #expect(abs(metrics.marginSum - whole.metrics.marginSum) < 1e-13)
        #expect(abs(metrics.rejected.divergenceSum - whole.metrics.rejected.divergenceSum) < 1e-12)
    }

    @Test func `the extremes neither overflow nor lose the gradient`() throws {
        let objective = try StepPreference(beta: 1)
        let hopeless = objective.evaluate([pair([-5000.0], [-1], [-1], [-5000])], pairCount: 1)
        #expect(abs(hopeless.loss - 9998) < 1e-9)
        #expect(hopeless.weights[0].chosen == [-1] && hopeless.weights[0].rejected == [1])
        let done = objective.evaluate([pair([-1.0], [-50], [-50], [-1])], pairCount: 1)
        // Margin 98: the loss and the weights are e^-98, not 0.
        #expect(abs(done.loss / 2.748785e-43 - 1) < 1e-4)
        #expect(abs(done.weights[0].rejected[0] / 2.748785e-43 - 1) < 1e-4)
        #expect(done.metrics.rejected.divergenceSum.isFinite)
    }

    @Test func `single precision differs from double by rounding only`() throws {
        let objective = try StepPreference(beta: 0.5)
        let pairs = randomPairs(seed: 13, 5)
        let single = pairs.map {
            pair(
                $0.chosen.policy.map(Float.init), $0.chosen.reference.map(Float.init),
                $0.rejected.policy.map(Float.init), $0.rejected.reference.map(Float.init))
        }
        let (exact, rounded) = (objective.evaluate(pairs, pairCount: 5), objective.evaluate(single, pairCount: 5))
        #expect(abs(exact.loss - rounded.loss) < 1e-6)
        for (left, right) in zip(exact.weights, rounded.weights) {
            #expect(largestDifference(left.chosen, right.chosen.map(Double.init)) < 1e-6)
        }
    }

    @Test func `without pairs there are no means`() throws {
        let evaluation = try StepPreference(beta: 1).evaluate([PairLogProbabilities<Float>](), pairCount: 0)
        #expect(evaluation.loss == 0)
        #expect(evaluation.metrics.accuracy == nil)
        #expect(evaluation.metrics.chosen.meanDivergence == nil)
    }

    @Test(arguments: [(0.0, 0.0), (-0.1, 0), (.nan, 0), (.infinity, 0), (0.1, -1), (0.1, .nan), (0.1, .infinity)])
    func `coefficients out of range are refused`(beta: Double, likelihoodWeight: Double) {
        let error = #expect(throws: ObjectivesError.self) {
            try StepPreference(beta: beta, chosenLikelihoodWeight: likelihoodWeight)
        }
        #expect(error?.code == .coefficientOutOfRange)
    }
}
