import Basics
import Foundation
import Objectives
import Testing

@Suite struct `Policy-gradient objective` {
    private static let wide = ClipRange(lower: 0.2, upper: 0.28, dual: 1.5)
    private static let surrogates: [PolicyGradient.Surrogate] = [
        .plain, .clipped(ClipRange(lower: 0.2, upper: 0.2)), .clipped(wide),
        .sequenceClipped(ClipRange(lower: 0.05, upper: 0.1)), .capped(maximum: 1.2),
    ]
    private static let aggregations: [PolicyGradient.Aggregation] = [
        .tokens, .sequenceMeans, .sequenceSums, .constantLength(9),
    ]

    private func random(seed: UInt64, _ lengths: [Int] = [4, 1, 3, 6]) -> [SampledLogProbabilities<Double>] {
        var generator = SeededGenerator(seed: seed, name: "rollouts")
        func number(_ scale: Double) -> Double { scale * (2 * Double(generator.nextUnitFloat()) - 1) }
        return lengths.map { length in
            let policy = (0..<length).map { _ in -1.5 + number(1) }
            return SampledLogProbabilities(
                policy: policy, behaviour: policy.map { $0 + number(0.6) }, proximal: policy.map { $0 + number(0.6) },
                reference: policy.map { $0 + number(0.4) }, advantages: policy.map { _ in number(1) })
        }
    }

    /// The loss as the table of `PolicyGradient` states it, token by token.
    private func plainLoss(
        _ surrogate: PolicyGradient.Surrogate, _ aggregation: PolicyGradient.Aggregation, divergenceWeight: Double,
        _ rollouts: [SampledLogProbabilities<Double>], weights: [[Double]]
    ) -> Double {
        let tokenCount = rollouts.reduce(0) { $0 + $1.policy.count }
        var total = 0.0
        for (rollout, corrections) in zip(rollouts, weights) {
            let length = rollout.policy.count
            let old = rollout.proximal ?? rollout.behaviour
            let meanLogRatio = zip(rollout.policy, old).map { $0 - $1 }.reduce(0, +) / Double(length)
            var sum = 0.0
            for token in 0..<length {
                let (advantage, ratio) = (rollout.advantages[token], exp(rollout.policy[token] - old[token]))
                func clipped(_ ratio: Double, _ range: ClipRange) -> Double {
                    let bounded = max(1 - range.lower, min(1 + range.upper, ratio))
                    let gain = min(ratio * advantage, bounded * advantage)
                    if advantage < 0, let dual = range.dual { return -max(gain, dual * advantage) }
                    return -gain
                }
                let loss =
                    switch surrogate {
                    case .plain: -advantage * rollout.policy[token]
                    case .clipped(let range): clipped(ratio, range)
                    case .sequenceClipped(let range): clipped(exp(meanLogRatio), range)
                    case .capped(let maximum): -min(ratio, maximum) * advantage * rollout.policy[token]
                    }
                let distance = rollout.reference.map { $0[token] - rollout.policy[token] } ?? 0
                sum += corrections[token] * loss + divergenceWeight * (exp(distance) - distance - 1)
            }
            switch aggregation {
            case .tokens: total += sum / Double(tokenCount)
            case .sequenceMeans: total += sum / Double(length) / Double(rollouts.count)
            case .sequenceSums: total += sum / Double(rollouts.count)
            case .constantLength(let constant): total += sum / Double(constant) / Double(rollouts.count)
            }
        }
        return total
    }

    private func size(_ rollouts: [SampledLogProbabilities<Double>]) -> BatchSize {
        BatchSize(sequences: rollouts.count, tokens: rollouts.reduce(0) { $0 + $1.policy.count })
    }

    @Test(arguments: surrogates, aggregations)
    func `the loss is that of the formula`(
        surrogate: PolicyGradient.Surrogate, aggregation: PolicyGradient.Aggregation
    ) throws {
        let rollouts = random(seed: 21)
        let ones = rollouts.map { $0.policy.map { _ in 1.0 } }
        let objective = try PolicyGradient(surrogate, aggregation: aggregation, divergenceWeight: 0.3)
        let loss = objective.evaluate(rollouts, of: size(rollouts)).loss
        let expected = plainLoss(surrogate, aggregation, divergenceWeight: 0.3, rollouts, weights: ones)
        #expect(abs(loss - expected) < 1e-12)
    }

    /// The cap on a ratio is a constant, so it is held where the weights are taken.
    @Test(arguments: surrogates, aggregations)
    func `the weights are the derivatives of the loss`(
        surrogate: PolicyGradient.Surrogate, aggregation: PolicyGradient.Aggregation
    ) throws {
        let rollouts = random(seed: 22)
        let objective = try PolicyGradient(
            surrogate, aggregation: aggregation, divergenceWeight: 0.2,
            correction: .truncated(.token, maximum: 1.1))
        func moved(_ tokens: [Double]) -> [SampledLogProbabilities<Double>] {
            var rest = tokens[...]
            return rollouts.map { rollout in
                defer { rest = rest.dropFirst(rollout.policy.count) }
                return SampledLogProbabilities(
                    policy: Array(rest.prefix(rollout.policy.count)), behaviour: rollout.behaviour,
                    proximal: rollout.proximal, reference: rollout.reference, advantages: rollout.advantages)
            }
        }
        let point = rollouts.flatMap(\.policy)
        let weights = objective.evaluate(rollouts, of: size(rollouts)).weights.flatMap { $0 }
        guard case .capped(let maximum) = surrogate else {
            let expected = finiteDifferences(at: point) { objective.evaluate(moved($0), of: size(rollouts)).loss }
            #expect(largestDifference(weights, expected) < 1e-8)
            return
        }
        let constant = rollouts.map { rollout in
            zip(rollout.policy, rollout.proximal ?? []).map { min(exp($0 - $1), maximum) }
        }
        let correction = rollouts.map { rollout in
            zip(rollout.proximal ?? [], rollout.behaviour).map { min(exp($0 - $1), 1.1) }
        }
        let expected = finiteDifferences(at: point) { tokens in
            plainLoss(
                .plain, aggregation, divergenceWeight: 0.2, moved(tokens),
                weights: zip(constant, correction).map { zip($0, $1).map { $0 * $1 } })
        }
        #expect(largestDifference(weights, expected) < 1e-8)
    }

    @Test(arguments: surrogates, aggregations)
    func `packs add up to the batch`(
        surrogate: PolicyGradient.Surrogate, aggregation: PolicyGradient.Aggregation
    ) throws {
        let rollouts = random(seed: 23)
        let objective = try PolicyGradient(surrogate, aggregation: aggregation, divergenceWeight: 0.1)
        let whole = objective.evaluate(rollouts, of: size(rollouts))
        let packs = [rollouts[..<1], rollouts[1...]].map { objective.evaluate(Array($0), of: size(rollouts)) }
        #expect(abs(packs[0].loss + packs[1].loss - whole.loss) < 1e-14)
        #expect(packs.flatMap(\.weights) == whole.weights)
        let metrics = packs[0].metrics + packs[1].metrics
        #expect(metrics.tokenCount == whole.metrics.tokenCount && metrics.clippedCount == whole.metrics.clippedCount)
        #expect(abs(metrics.moveSum - whole.metrics.moveSum) < 1e-12)
        #expect(abs(metrics.divergenceSum - whole.metrics.divergenceSum) < 1e-12)
    }

    @Test func `a policy that has not moved is clipped nowhere, and the gradient is that of REINFORCE`() throws {
        let rollouts = random(seed: 24).map {
            SampledLogProbabilities(policy: $0.policy, behaviour: $0.policy, advantages: $0.advantages)
        }
        let plain = try PolicyGradient(.plain, aggregation: .tokens).evaluate(rollouts, of: size(rollouts))
        for surrogate in Self.surrogates.dropFirst() {
            if case .sequenceClipped = surrogate { continue }
            let other = try PolicyGradient(surrogate, aggregation: .tokens).evaluate(rollouts, of: size(rollouts))
            #expect(largestDifference(other.weights.flatMap { $0 }, plain.weights.flatMap { $0 }) < 1e-15)
            #expect(other.metrics.clippedShare == 0 && other.metrics.meanMove == 0)
        }
    }

    @Test func `ratios that overflow leave finite losses and no pull`() throws {
        let rollouts = [-400.0, 400].flatMap { shift in
            [-1.0, 1].map { SampledLogProbabilities(policy: [-1.0], behaviour: [-1 + shift], advantages: [$0]) }
        }
        for surrogate in Self.surrogates {
            let evaluation = try PolicyGradient(surrogate, aggregation: .tokens).evaluate(rollouts, of: size(rollouts))
            #expect(evaluation.loss.isFinite && evaluation.weights.joined().allSatisfy(\.isFinite), "\(surrogate)")
        }
        let lost = [SampledLogProbabilities(policy: [-500.0], behaviour: [-500], reference: [-1], advantages: [0])]
        let held = try PolicyGradient(.plain, aggregation: .tokens, divergenceWeight: 1).evaluate(lost, of: size(lost))
        #expect(held.loss.isFinite && Float(held.weights[0][0]).isFinite && held.weights[0][0] < -1e8)
        // Without a dual clip, a bad token that has become e^400 times as likely is beyond what can be corrected by its ratio.
        let bad = [SampledLogProbabilities(policy: [-1.0], behaviour: [-401], advantages: [-1])]
        let clipped = try PolicyGradient(.clipped(ClipRange(lower: 0.2, upper: 0.2)), aggregation: .tokens)
        #expect(clipped.evaluate(bad, of: size(bad)).weights == [[0]])
    }

    @Test func `single precision agrees with double precision`() throws {
        let rollouts = random(seed: 25)
        let single = rollouts.map {
            SampledLogProbabilities(
                policy: $0.policy.map(Float.init), behaviour: $0.behaviour.map(Float.init),
                proximal: $0.proximal?.map(Float.init), reference: $0.reference?.map(Float.init),
                advantages: $0.advantages)
        }
        for surrogate in Self.surrogates {
            let objective = try PolicyGradient(surrogate, aggregation: .tokens, divergenceWeight: 0.1)
            let (left, right) = (
                objective.evaluate(rollouts, of: size(rollouts)), objective.evaluate(single, of: size(rollouts))
            )
            #expect(abs(left.loss - right.loss) < 1e-6)
            #expect(largestDifference(left.weights.flatMap { $0 }, right.weights.joined().map(Double.init)) < 1e-6)
        }
    }

    @Test func `coefficients out of range are refused`() {
        func isRefused(_ make: () throws -> PolicyGradient) -> Bool {
            (#expect(throws: ObjectivesError.self) { _ = try make() })?.code == .coefficientOutOfRange
        }
        for range in [
            (-0.1, 0.2, nil), (1.1, 0.2, nil), (0.2, -1, nil), (0.2, .nan, nil), (0.2, 0.2, 1), (0.2, 0.2, .nan),
        ] as [(Double, Double, Double?)] {
            let range = ClipRange(lower: range.0, upper: range.1, dual: range.2)
            #expect(isRefused { try PolicyGradient(.clipped(range), aggregation: .tokens) })
            #expect(isRefused { try PolicyGradient(.sequenceClipped(range), aggregation: .tokens) })
        }
        #expect(isRefused { try PolicyGradient(.capped(maximum: 0), aggregation: .tokens) })
        #expect(isRefused { try PolicyGradient(.plain, aggregation: .constantLength(0)) })
        #expect(isRefused { try PolicyGradient(.plain, aggregation: .tokens, divergenceWeight: -1) })
        #expect(isRefused { try PolicyGradient(.plain, aggregation: .tokens, divergenceWeight: .nan) })
    }
}
