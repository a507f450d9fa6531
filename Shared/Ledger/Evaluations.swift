public import Foundation
import GRDB
public import Wire

/// How the problems of one evaluation came out.
public struct EvaluationResult: Sendable, Equatable {
    /// The recipe's stage.
    public let stage: Int
    /// The policy version that was evaluated.
    public let policyVersion: UInt64
    /// The verdicts of each problem's rollouts, in the order of the problems.
    public let grades: [[Grade]]
    /// The text of each problem's first rollout, in that order.
    public let solutions: [String]

    /// Puts a result together.
    public init(stage: Int, policyVersion: UInt64, grades: [[Grade]], solutions: [String]) {
        self.stage = stage
        self.policyVersion = policyVersion
        self.grades = grades
        self.solutions = solutions
    }

    /// Whether each problem's first rollout is correct; what a greedy evaluation is about.
    public var isCorrect: [Bool] { grades.map { $0.first == .correct } }
}

extension Ledger {
    /// The evaluations of a run, in the order of its stages, as far as they are graded. The ledger is only read; the run
    /// may be live or dead.
    ///
    /// - Parameter blobs: the folder of the run's blobs.
    /// - Throws: `LedgerError` if there is no ledger or it cannot be read.
    public static func evaluations(path: String, blobs: URL) throws -> [EvaluationResult] {
        let ledger = try ReadOnlyLedger(path: path, blobs: blobs)
        return try ledger.read { db in
            var stages: [Int: (version: UInt64, problems: [String: [Graded]])] = [:]
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT items.stage, items.problem, items.seq, slots.slot, slots.result FROM items
                    JOIN slots ON slots.group_id = items.group_id AND slots.slot = items.slot_first
                        AND slots.item = items.seq
                    WHERE items.queue = \(Queue.rollouts.rawValue) AND items.purpose = \(Purpose.evaluation.rawValue)
                    ORDER BY items.seq
                    """)
            while let row = try rows.next() {
                let verdict = try Verdict(decoding: bytes(row["result"]))
                // Never dropped.
                let body = try ledger.bodies.body(of: row["seq"], in: db) ?? []
                let rollout = try Rollout(decoding: body)
                let slot: Int = row["slot"]
                stages[row["stage"], default: (rollout.policyVersion, [:])].problems[row["problem"], default: []]
                    .append(
                        Graded(slot: slot, grade: verdict.grade, text: slot == 0 ? rollout.text : ""))
            }
            return stages.sorted { $0.key < $1.key }.map { stage, found in
                let problems = found.problems.sorted { index($0.key) < index($1.key) }.map { problem in
                    problem.value.sorted { $0.slot < $1.slot }
                }
                return EvaluationResult(
                    stage: stage, policyVersion: found.version, grades: problems.map { $0.map(\.grade) },
                    solutions: problems.map { $0.first?.text ?? "" })
            }
        }
    }

    private struct Graded {
        let slot: Int
        let grade: Grade
        let text: String
    }

    /// A problem's index in its source: the last part of its id.
    private static func index(_ problem: String) -> UInt64 {
        problem.split(separator: ".").last.flatMap { UInt64($0) } ?? 0
    }
}
