public import Credit
public import Foundation
import Ledger
public import Recipe

/// The accuracy after each evaluation of a run, and the gain over the evaluation before it.
public struct ResultTable: Sendable {
    /// A line of the table.
    public struct Row: Sendable, Equatable {
        /// The stage's name.
        public let name: String
        /// The policy version that was evaluated.
        public let policyVersion: UInt64
        /// Problems evaluated.
        public let problemCount: Int
        /// The share of problems whose first rollout is correct.
        public let accuracy: Double
        /// Its 95% interval.
        public let interval: ConfidenceInterval
        /// The 95% interval of the gain over the evaluation before it of the same problems, problem by problem; nil where
        /// there is none.
        public let gain: ConfidenceInterval?
        /// How far the form of the solutions has moved since that evaluation.
        public let drift: FormatDrift?
    }

    /// The lines, in the order of the stages.
    public let rows: [Row]

    /// Reads a run's evaluations out of its ledger.
    ///
    /// - Parameter blobs: the folder of the run's blobs.
    public init(ledger path: String, blobs: URL, recipe: Recipe) throws {
        self.init(try Ledger.evaluations(path: path, blobs: blobs), recipe: recipe)
    }

    /// Compares evaluations; those of which nothing is graded are left out.
    init(_ evaluations: [EvaluationResult], recipe: Recipe) {
        let results = evaluations.filter { !$0.grades.isEmpty }
        rows = results.enumerated().map { index, result in
            let isCorrect = result.isCorrect
            let before = results[..<index].last {
                $0.grades.count == result.grades.count
                    && recipe.split(ofStage: $0.stage) == recipe.split(ofStage: result.stage)
            }
            let correctCount = isCorrect.count { $0 }
            return Row(
                name: recipe.stages.indices.contains(result.stage)
                    ? recipe.stages[result.stage].name : "\(result.stage)",
                policyVersion: result.policyVersion, problemCount: isCorrect.count,
                accuracy: Double(correctCount) / Double(isCorrect.count),
                interval: .accuracy(correctCount: correctCount, problemCount: isCorrect.count),
                gain: before.map { .gain(before: $0.isCorrect, after: isCorrect) },
                drift: before.map { FormatDrift(from: $0.solutions, to: result.solutions) })
        }
    }

    /// The table as text.
    public var text: String {
        var lines = [
            "evaluation            policy  problems  accuracy  95% interval      gain over the one before, 95%  format drift"
        ]
        for row in rows {
            let gain = row.gain.map { "\(signed($0.lower)) to \(signed($0.upper)) points" } ?? ""
            lines.append(
                row.name.padded(22) + "v\(row.policyVersion)".padded(8) + "\(row.problemCount)".padded(10)
                    + percent(row.accuracy).padded(10)
                    + "\(percent(row.interval.lower)) to \(percent(row.interval.upper))".padded(18)
                    + (row.drift.map { gain.padded(31) + Self.text(of: $0) } ?? gain))
        }
        return lines.joined(separator: "\n")
    }

    /// The distance that is largest, with what it is of; two decimals.
    private static func text(of drift: FormatDrift) -> String {
        let (aspect, distance) = drift.largest
        let rounded = (distance * 100).rounded() / 100
        return rounded == 0 ? "0.0" : "\(rounded) (\(aspect.rawValue))"
    }

    private func signed(_ share: Double) -> String {
        (share >= 0 ? "+" : "−") + "\((abs(share) * 1_000).rounded() / 10)"
    }
}
