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
    /// The problems.
    public let problems: [Problem]

    /// Puts a result together.
    public init(stage: Int, policyVersion: UInt64, grades: [[Grade]], solutions: [String], problems: [Problem]) {
        self.stage = stage
        self.policyVersion = policyVersion
        self.grades = grades
        self.solutions = solutions
        self.problems = problems
    }

    /// Whether each problem's first rollout is correct; what a greedy evaluation is about.
    public var isCorrect: [Bool] { grades.map { $0.first == .correct } }

    /// Whether each problem's first rollout begins with the first line of the reference solution: where each problem has one solution,
    /// whether its first step is right.
    public var hasReferenceFirstStep: [Bool] {
        zip(solutions, problems).map { $0.prefix { $0 != "\n" } == $1.referenceSolution.prefix { $0 != "\n" } }
    }
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
            let known = try problems(db, ledger.bodies)
            return stages.sorted { $0.key < $1.key }.map { stage, found in
                let ids = found.problems.keys.sorted { index($0) < index($1) }
                let problems = ids.map { found.problems[$0, default: []].sorted { $0.slot < $1.slot } }
                return EvaluationResult(
                    stage: stage, policyVersion: found.version, grades: problems.map { $0.map(\.grade) },
                    solutions: problems.map { $0.first?.text ?? "" }, problems: ids.map { known[$0] ?? Problem() })
            }
        }
    }

    /// The problems that were evaluated, by id, read in the order of segments, of which one at a time is open.
    private static func problems(_ db: Database, _ bodies: Bodies) throws -> [String: Problem] {
        var problems: [String: Problem] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT id, seq FROM items
                WHERE queue = \(Queue.problems.rawValue) AND purpose = \(Purpose.evaluation.rawValue) ORDER BY seq
                """)
        while let row = try rows.next() {
            // Never dropped.
            problems[row["id"]] = try Problem(decoding: bodies.body(of: row["seq"], in: db) ?? [])
        }
        return problems
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
