public import Basics
public import Foundation
import GRDB
public import Wire

/// What a run sampled, for another one to take in place of sampling the same again.
///
/// A rollout follows from the run's seed, the request's id, the policy, the prompt, how it is decoded and the kernels that compute it. Where
/// all of that is the same, so is the rollout; on kernels whose rows do not agree it is one that could have been sampled.
public final class RecordedRollouts {
    private let ledger: ReadOnlyLedger
    private let seed: UInt64

    /// Opens the ledger of a run, live or dead; it is only read.
    ///
    /// - Parameter blobs: the folder of the run's blobs.
    /// - Throws: `LedgerError` if there is no ledger or it cannot be read.
    public init(path: String, blobs: URL) throws(LedgerError) {
        // Requests, their problems and their rollouts lie in different segments, and are asked for in turns.
        ledger = try ReadOnlyLedger(path: path, blobs: blobs, openSegments: 16)
        seed = try ledger.read { db in
            try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'seed'").flatMap(UInt64.init) ?? 0
        }
    }

    /// The rollouts that a request would sample; nil if this run did not sample them, or did not keep them.
    ///
    /// - Parameters:
    ///   - problem: the body of its problem.
    ///   - policy: the policy that its version names, which may have another number here.
    ///   - numerics: the arithmetic and precision of the sampler that asks.
    ///   - seed: of the run that asks.
    /// - Throws: `LedgerError` if the ledger cannot be read.
    public func rollouts(
        of item: String, _ request: Request, problem: [UInt8], policy: ContentHash, numerics: String, seed: UInt64
    ) throws(LedgerError) -> [Rollout]? {
        guard seed == self.seed else { return nil }
        return try ledger.read { db in
            // Most requests are of later policies than the first, and bodies are dear to read.
            let known = try db.cachedStatement(sql: "SELECT 1 FROM policies WHERE blob = ?")
            guard try Row.fetchOne(known, arguments: [Data(policy.bytes)]) != nil,
                let asked = try self.stored(item, db), let body = asked.body,
                try Request(decoding: body).asksForTheStart(of: request),
                try self.stored(asked.problem, db)?.body == problem
            else { return nil }
            var rollouts: [Rollout] = []
            for index in 0..<request.sampling.rollouts {
                guard let body = try self.stored("\(item).r\(index)", db)?.body else { return nil }
                var rollout = try Rollout(decoding: body)
                guard rollout.policySHA256 == policy, rollout.numerics == numerics else { return nil }
                rollout.isTakenOver = true
                rollout.policyVersion = request.policyVersion
                rollout.judgements = []
                rollouts.append(rollout)
            }
            return rollouts
        }
    }

    /// An item's body, which is nil if it was dropped, and the id of its problem.
    private func stored(_ item: String, _ db: Database) throws -> (body: [UInt8]?, problem: String)? {
        let statement = try db.cachedStatement(sql: "SELECT seq, problem FROM items WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [item]) else { return nil }
        return (try ledger.bodies.body(of: row["seq"], in: db), row["problem"])
    }
}

extension Request {
    /// Whether the first of this request's rollouts are those of another with the same id.
    fileprivate func asksForTheStart(of other: Request) -> Bool {
        guard sampling.rollouts >= other.sampling.rollouts, prefixTokens == other.prefixTokens else { return false }
        var plan = sampling
        plan.rollouts = other.sampling.rollouts
        return plan == other.sampling
    }
}
