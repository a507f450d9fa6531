import Basics
import Objectives
import Testing

/// The check of papers.md section 1.5 on a tabular policy: per-step preference on pairs whose arms both come from the
/// reference policy, labelled with probability sigma(A+ - A-), and advantage weighting on its samples have the same
/// optimum, pi_ref exp(A / beta) / Z. Both are minimised exactly, in expectation, through the shipped weights.
@Suite struct `The theorem on a tabular policy` {
    private static let actionCount = 6
    private static let beta = 0.3

    /// A problem drawn from a seed: the reference policy's log-probabilities and the advantages.
    private struct Tabular {
        let reference: [Double]
        let advantages: [Double]

        init(seed: UInt64) {
            var generator = SeededGenerator(seed: seed, name: "tabular")
            reference = logSoftmax((0..<actionCount).map { _ in 2 * Double(generator.nextUnitFloat()) })
            advantages = (0..<actionCount).map { _ in 2 * Double(generator.nextUnitFloat()) - 1 }
        }

        var optimum: [Double] {
            exponentials(logSoftmax(zip(reference, advantages).map { $0 + $1 / beta }))
        }

        /// The expected DPO gradient by the logits: the weights of the two tokens of each ordered pair, each pair with
        /// its probability, times the derivative of the log-probabilities.
        func preferenceGradient(_ logits: [Double], _ objective: StepPreference) -> [Double] {
            let policy = logSoftmax(logits)
            var weights = [Double](repeating: 0, count: actionCount)
            for i in 0..<actionCount {
                for j in 0..<actionCount {
                    let pair = PairLogProbabilities(
                        chosen: SequenceLogProbabilities(policy: [policy[i]], reference: [reference[i]]),
                        rejected: SequenceLogProbabilities(policy: [policy[j]], reference: [reference[j]]))
                    let evaluation = objective.evaluate([pair], pairCount: 1)
                    let odds = exponentials([reference[i] + reference[j], advantages[j] - advantages[i]])
                    let probability = odds[0] / (1 + odds[1])
                    weights[i] += probability * evaluation.weights[0].chosen[0]
                    weights[j] += probability * evaluation.weights[0].rejected[0]
                }
            }
            return byLogits(weights, policy)
        }

        /// The expected gradient of advantage weighting by the logits.
        func advantageGradient(_ logits: [Double], _ objective: AdvantageWeighted) -> [Double] {
            let policy = logSoftmax(logits)
            let evaluation = objective.evaluate(
                policy: [policy], advantages: [advantages], divisor: Double(actionCount))
            return byLogits(zip(evaluation.weights[0], exponentials(reference)).map { $0 * $1 }, policy)
        }
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `per-step preference has its optimum where the theorem says`(seed: UInt64) throws {
        let problem = Tabular(seed: seed)
        let objective = try StepPreference(beta: Self.beta)
        let logits = root(from: problem.reference) { problem.preferenceGradient($0, objective) }
        let distance = largestDifference(exponentials(logSoftmax(logits)), problem.optimum)
        #expect(distance < 1e-9, "seed \(seed)")
        #expect(largestDifference(exponentials(problem.reference), problem.optimum) > 0.05, "the start is elsewhere")
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `advantage weighting has the same optimum`(seed: UInt64) throws {
        let problem = Tabular(seed: seed)
        let objective = try AdvantageWeighted(beta: Self.beta, maximumWeight: .infinity)
        let logits = root(from: problem.reference) { problem.advantageGradient($0, objective) }
        #expect(largestDifference(exponentials(logSoftmax(logits)), problem.optimum) < 1e-9, "seed \(seed)")
    }
}

/// The derivative by the logits, from one weight for each log-probability of a softmax policy.
private func byLogits(_ weights: [Double], _ logProbabilities: [Double]) -> [Double] {
    let total = weights.reduce(0, +)
    return zip(weights, exponentials(logProbabilities)).map { $0 - total * $1 }
}

/// Newton's method for a gradient of 0, with the Jacobian by differences and the last logit held, because adding the
/// same number to all logits changes nothing.
private func root(from start: [Double], of gradient: ([Double]) -> [Double]) -> [Double] {
    var logits = start
    let free = logits.count - 1
    for _ in 0..<50 {
        let slope = gradient(logits)
        let columns = (0..<free).map { index in
            var moved = logits
            moved[index] += 1e-6
            return zip(gradient(moved), slope).map { ($0 - $1) / 1e-6 }
        }
        let rows = (0..<free).map { row in columns.map { $0[row] } + [slope[row]] }
        // Steps of at most 1, so that a poor start cannot throw the search far away.
        for (index, step) in solved(rows).enumerated() { logits[index] -= max(-1, min(1, step)) }
    }
    return logits
}

/// Solves the linear system of these rows, each with its right-hand side last, by elimination with pivots.
private func solved(_ system: [[Double]]) -> [Double] {
    var rows = system
    for column in rows.indices {
        let pivot = (column..<rows.count).max { abs(rows[$0][column]) < abs(rows[$1][column]) }!
        rows.swapAt(column, pivot)
        for row in rows.indices where row != column {
            let factor = rows[row][column] / rows[column][column]
            for index in rows[row].indices { rows[row][index] -= factor * rows[column][index] }
        }
    }
    return rows.indices.map { rows[$0].last! / rows[$0][$0] }
}
