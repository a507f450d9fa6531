import Basics
public import Foundation
import GRDB
import Wire

/// Reads a problem's history out of a ledger.
public enum Trace {
    /// The history of the problem with this id, of a run that goes on or has ended. Nothing is written.
    ///
    /// - Parameter blobs: the folder of the run's blobs.
    /// - Throws: `LedgerError` if there is no ledger at `path` that can be read, or no such problem in it.
    public static func problem(_ id: String, ledger path: String, blobs: URL) throws(LedgerError) -> ProblemTrace {
        let ledger = try ReadOnlyLedger(path: path, blobs: blobs)
        return try ledger.read { db in
            guard
                let row = try Row.fetchOne(
                    db,
                    sql: """
                        SELECT problems.*, orders.id AS "order" FROM items AS problems
                        LEFT JOIN items AS orders ON orders.seq = problems.parent
                        WHERE problems.id = ? AND problems.queue = 7
                        """, arguments: [id])
            else {
                let some = try String.fetchAll(db, sql: "SELECT id FROM items WHERE queue = 7 ORDER BY seq LIMIT 3")
                throw LedgerError(
                    .unknown,
                    "A trace is of a problem; '\(id)' is none. Problems are called, for instance, \(some.joined(separator: ", "))."
                )
            }
            return try trace(row, db, ledger.bodies)
        }
    }

    private static func trace(_ row: Row, _ db: Database, _ bodies: Bodies) throws -> ProblemTrace {
        // Never dropped.
        let body = try Problem(decoding: try bodies.body(of: row["seq"], in: db) ?? [])
        var trace = ProblemTrace()
        trace.problem = row["id"]
        trace.purpose = "\(Purpose(rawValue: row["purpose"]) ?? .unspecified)"
        trace.stage = row["stage"]
        trace.round = row["round"]
        trace.order = row["order"] ?? ""
        trace.question = body.question
        trace.referenceAnswer = body.referenceAnswer
        trace.referenceSolution = body.referenceSolution
        trace.ancestry = body.ancestry.map { ProblemTrace.Ancestor(key: $0.key, strategy: $0.strategy) }
        trace.items = try Row.fetchAll(
            db,
            sql: """
                SELECT items.*, parents.id AS parent_id FROM items LEFT JOIN items AS parents ON parents.seq = items.parent
                WHERE items.queue <> 7 AND (items.problem = ? OR items.id = ?) ORDER BY items.seq
                """, arguments: [trace.problem, trace.order]
        ).map { try item($0, db, bodies) }
        trace.outcome = try outcome(of: row, db)
        return trace
    }

    // MARK: Items

    private static func item(_ row: Row, _ db: Database, _ bodies: Bodies) throws -> ProblemTrace.Item {
        var item = ProblemTrace.Item()
        let seq: Int64 = row["seq"]
        let queue = Queue(rawValue: row["queue"]) ?? .unspecified
        item.id = row["id"]
        item.queue = "\(queue)"
        item.state = LedgerItem.State(rawValue: row["state"]).map { "\($0)" } ?? ""
        item.parent = row["parent_id"] ?? ""
        item.enqueuedAt = row["enqueued_at"]
        item.leases = try leases(of: seq, db)
        guard let body = try bodies.body(of: seq, in: db) else {
            item.isDropped = true
            if queue == .rollouts { item.verdict = try verdict(of: seq, db) }
            return item
        }
        switch queue {
        case .requests: item.request = try request(body, row, db)
        case .rollouts:
            item.rollout = try rollout(body)
            item.verdict = try verdict(of: seq, db)
        case .groups: item.turn = try turn(body, row, db)
        case .experience: item.experience = try experience(body, row, db)
        case .stages, .orders, .problems, .unspecified: break
        }
        return item
    }

    private static func leases(of item: Int64, _ db: Database) throws -> [ProblemTrace.Lease] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT leases.*, sessions.name, sessions.host FROM leases
                LEFT JOIN sessions ON sessions.id = leases.session WHERE item = ? ORDER BY leases.id
                """, arguments: [item]
        ).map { row in
            ProblemTrace.Lease(
                id: row["id"], worker: row["name"] ?? "", host: row["host"] ?? "", grantedAt: row["granted_at"],
                endedAt: row["ended_at"], end: LedgerTransaction.LeaseEnd(rawValue: row["end"]).map { "\($0)" } ?? "",
                reason: row["reason"])
        }
    }

    private static func request(_ body: [UInt8], _ row: Row, _ db: Database) throws -> ProblemTrace.Request {
        let request = try Request(decoding: body)
        let group: Int64? = row["group_id"]
        let fixed = try Int64.fetchOne(db, sql: "SELECT policy_version FROM groups WHERE id = ?", arguments: [group])
        return ProblemTrace.Request(
            rollouts: request.sampling.rollouts,
            policyVersion: request.latestPolicy ? fixed.map(UInt64.init) : request.policyVersion,
            prefixRollout: request.prefixRollout, prefixSteps: request.prefixSteps)
    }

    private static func rollout(_ body: [UInt8]) throws -> ProblemTrace.Rollout {
        let rollout = try Rollout(decoding: body)
        return ProblemTrace.Rollout(
            policyVersion: rollout.policyVersion,
            steps: rollout.text.split(separator: "\n").map(String.init), tokens: rollout.tokens.count,
            logProbability: rollout.logProbabilities.reduce(0, +))
    }

    private static func verdict(of seq: Int64, _ db: Database) throws -> ProblemTrace.Verdict? {
        guard
            let slot = try Row.fetchOne(
                db, sql: "SELECT * FROM slots WHERE group_id = (SELECT group_id FROM items WHERE seq = ?) AND item = ?",
                arguments: [seq, seq])
        else {
            let next = try String.fetchOne(
                db, sql: "SELECT id FROM items WHERE parent = ? AND queue = ? AND verifier > 0",
                arguments: [seq, Queue.rollouts.rawValue])
            return next.map { ProblemTrace.Verdict(grade: "handed on", answer: "", reason: "to \($0)") }
        }
        let end = End(rawValue: slot["end"]) ?? .unspecified
        let result: [UInt8] = bytes(slot["result"])
        guard end == .result || !result.isEmpty else {
            return ProblemTrace.Verdict(grade: "\(end)", answer: "", reason: slot["reason"])
        }
        let verdict = try Verdict(decoding: result)
        return ProblemTrace.Verdict(
            grade: end == .result ? "\(verdict.grade)" : "\(end)", answer: verdict.answer,
            reason: verdict.reason.isEmpty ? slot["reason"] : verdict.reason, wrongStep: verdict.wrongStep,
            panel: verdict.judgements.map { "\($0.verifier): \($0.grade)" })
    }

    private static func turn(_ body: [UInt8], _ row: Row, _ db: Database) throws -> ProblemTrace.Turn {
        let group = try Group(decoding: body)
        let joined: Int64? = row["joined_group"]
        let members = try String.fetchAll(
            db,
            sql:
                "SELECT items.id FROM slots JOIN items ON items.seq = slots.item WHERE slots.group_id = ? ORDER BY slot",
            arguments: [joined])
        return ProblemTrace.Turn(
            turn: group.turn,
            searches: group.searches.map { search in
                ProblemTrace.Search(
                    rollout: search.rollout, trials: search.trials, successes: search.successes,
                    values: zip(search.trials, search.successes).map { $0 == 0 ? nil : Float($1) / Float($0) },
                    asked: search.asked, exactPit: search.exactPit > 0 ? search.exactPit : nil)
            }, members: members)
    }

    private static func experience(_ body: [UInt8], _ row: Row, _ db: Database) throws -> ProblemTrace.Experience {
        let checkpoint: Int64? = row["checkpoint"]
        return ProblemTrace.Experience(
            kind: "\(try Experience(decoding: body).kind)", checkpoint: checkpoint, position: row["position"],
            published: try Int64.fetchOne(
                db, sql: "SELECT version FROM policies WHERE checkpoint = ?", arguments: [checkpoint]))
    }

    // MARK: The outcome

    /// The end of the slot that all groups of the problem hand on. A supervised problem has no group: its order ended
    /// the slot of the same place among the order's problems.
    private static func outcome(of row: Row, _ db: Database) throws -> ProblemTrace.Outcome? {
        let id: String = row["id"]
        let slot =
            try Row.fetchOne(
                db,
                sql: """
                    SELECT slots.* FROM groups JOIN slots ON group_id = owner_group AND slot = owner_first
                    WHERE problem = ? LIMIT 1
                    """, arguments: [id])
            ?? (try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM groups WHERE problem = ?)", arguments: [id])
                == true
                ? nil
                : try Row.fetchOne(
                    db,
                    sql: """
                        SELECT slots.* FROM groups JOIN slots ON group_id = groups.id
                        WHERE kind = 3 AND opened_by = ? AND slot = (
                            SELECT COUNT(*) FROM items WHERE queue = 7 AND parent = ? AND seq < ?)
                        """, arguments: [row["parent"] as Int64?, row["parent"] as Int64?, row["seq"] as Int64]))
        guard let slot else { return nil }
        let end = End(rawValue: slot["end"]) ?? .unspecified
        // The result of an evaluated problem is its members' verdicts, not an outcome.
        let isJoin = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM groups WHERE problem = ? AND when_full_id IS NULL)", arguments: [id])
        var trace = ProblemTrace.Outcome(
            end: "\(end)", experience: 0, correct: 0, incorrect: 0, pits: 0, continuations: 0, reason: slot["reason"])
        guard end == .result else { return trace }
        if isJoin == true {
            for member in try Members(decoding: bytes(slot["result"])).members where member.end == .result {
                let grade = try Verdict(decoding: member.result).grade
                trace.correct += grade == .correct ? 1 : 0
                trace.incorrect += grade == .incorrect ? 1 : 0
            }
        } else {
            let outcome = try Outcome(decoding: bytes(slot["result"]))
            trace.experience = outcome.experience
            trace.correct = outcome.correct
            trace.incorrect = outcome.incorrect
            trace.pits = outcome.pits
            trace.continuations = outcome.continuations
            trace.reason = outcome.reason
        }
        return trace
    }
}
