public import Foundation
import GRDB
public import Wire

/// What a run did, counted out of its ledger: what its accuracy cost.
public struct RunWork: Sendable, Equatable {
    /// Rollouts of training problems, as they were sampled from their prompts.
    public var rollouts = SampledWork()
    /// Continuations of prefixes of those.
    public var continuations = SampledWork()
    /// The experience that was trained on, by stage.
    public var experience: [Int: TrainedWork] = [:]
    /// The sum of the outcomes of all problems that were sampled for training.
    public var outcomes = OutcomeSum()
    /// How many rollouts and continuations were taken from other runs' ledgers.
    public var takenOverCount = 0
    /// Updates of the weights.
    public var updateCount = 0

    /// Sampled solutions or parts of some.
    public struct SampledWork: Sendable, Equatable {
        /// How many.
        public var count = 0
        /// Their tokens together, without prompts and prefixes.
        public var tokens = 0
    }

    /// What was learned from.
    public struct TrainedWork: Sendable, Equatable {
        /// Pieces of experience, each once.
        public var count = 0
        /// The tokens of their sequences, each once.
        public var tokens = 0
    }

    /// How problems came out.
    public struct OutcomeSum: Sendable, Equatable {
        /// How many problems.
        public var problems = 0
        /// Their own rollouts by verdict.
        public var correct = 0, incorrect = 0, noAnswer = 0, errors = 0
        /// First pits.
        public var pits = 0
        /// Steps of correct rollouts whose advantage is known, and those of them that make no progress.
        public var correctSteps = 0, spuriousSteps = 0
        /// First pits that half of a survey's continuations find, and those of them that the other half leaves again.
        public var heldOutPits = 0, falsePits = 0
    }
}

extension Ledger {
    /// Counts what a run did. The ledger is only read; the run may be live or dead.
    ///
    /// - Parameters:
    ///   - blobs: the folder of the run's blobs.
    ///   - length: the tokens of an experience's sequences: text is not tokens before a model reads it.
    /// - Throws: `LedgerError` if there is no ledger or it cannot be read; also if the run did not keep what it sampled.
    public static func work(
        path: String, blobs: URL, length: (Experience) throws -> Int
    ) throws -> RunWork {
        let ledger = try ReadOnlyLedger(path: path, blobs: blobs)
        return try ledger.read { db in
            func body(_ row: Row) throws -> [UInt8] {
                guard let body = try ledger.bodies.body(of: row["seq"], in: db) else {
                    throw LedgerError(
                        .unavailable,
                        "Work is counted of what a run sampled, which this one dropped. Run it with hub.keep_payloads: true."
                    )
                }
                return body
            }
            var work = RunWork()
            // A rollout that several verifiers judge is an item for each; experience that no checkpoint consumed was not trained on.
            // Segments hold items in this order, and only the last one read stays open.
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT seq, queue, stage, parent FROM items
                    WHERE queue IN (\(Queue.requests.rawValue), \(Queue.rollouts.rawValue), \(Queue.experience.rawValue))
                        AND purpose <> \(Purpose.evaluation.rawValue)
                        AND (queue <> \(Queue.rollouts.rawValue) OR verifier = 0)
                        AND (queue <> \(Queue.experience.rawValue) OR checkpoint IS NOT NULL) ORDER BY seq
                    """)
            var continuations: Set<Int64> = []
            while let row = try rows.next() {
                let seq: Int64 = row["seq"]
                switch Queue(rawValue: row["queue"]) {
                case .requests: if try Request(decoding: body(row)).prefixSteps > 0 { continuations.insert(seq) }
                case .rollouts:
                    let rollout = try Rollout(decoding: body(row))
                    if rollout.isTakenOver { work.takenOverCount += 1 }
                    let isContinuation = (row["parent"] as Int64?).map(continuations.contains) ?? false
                    let kind: WritableKeyPath<RunWork, RunWork.SampledWork> =
                        isContinuation ? \.continuations : \.rollouts
                    work[keyPath: kind].count += 1
                    work[keyPath: kind].tokens += rollout.tokens.count
                default:
                    work.experience[row["stage"], default: RunWork.TrainedWork()].count += 1
                    work.experience[row["stage"], default: RunWork.TrainedWork()].tokens +=
                        try length(Experience(decoding: body(row)))
                }
            }
            work.outcomes = try outcomes(db)
            work.updateCount = try Int.fetchOne(db, sql: "SELECT max(updates) FROM checkpoints") ?? 0
            return work
        }
    }

    private static func outcomes(_ db: Database) throws -> RunWork.OutcomeSum {
        var sum = RunWork.OutcomeSum()
        let results = try Row.fetchCursor(
            db,
            sql: """
                SELECT slots.result FROM groups JOIN items ON items.seq = groups.opened_by
                    JOIN slots ON slots.group_id = groups.id
                WHERE groups.kind = \(GroupKind.order.rawValue) AND items.purpose = \(Purpose.preference.rawValue)
                    AND slots.end = \(End.result.rawValue)
                """)
        while let row = try results.next() {
            let outcome = try Outcome(decoding: bytes(row["result"]))
            sum.problems += 1
            sum.correct += outcome.correct
            sum.incorrect += outcome.incorrect
            sum.noAnswer += outcome.noAnswer
            sum.errors += outcome.errors
            sum.pits += outcome.pits
            sum.correctSteps += outcome.correctSteps
            sum.spuriousSteps += outcome.spuriousSteps
            sum.heldOutPits += outcome.heldOutPits
            sum.falsePits += outcome.falsePits
        }
        return sum
    }
}
