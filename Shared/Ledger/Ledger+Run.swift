public import Basics
import Foundation
import GRDB
import Wire

/// What a run is.
public struct RunDescription: Sendable, Equatable {
    /// Its id.
    public let id: String
    /// Its seed: everything drawn at random follows from it and from an item's id.
    public let seed: UInt64
    /// The resolved recipe.
    public let recipeYAML: String

    /// Describes a run.
    public init(id: String, seed: UInt64, recipeYAML: String) {
        self.id = id
        self.seed = seed
        self.recipeYAML = recipeYAML
    }
}

extension Ledger {
    /// Begins a run in a new ledger: policy version 0 is published, or 0 and 1 where the run's model has a base, and the recipe's first decision point waits for the
    /// learner. It owns the one slot of the run's own group; when that slot ends, the run is finished.
    ///
    /// - Parameters:
    ///   - policies: the blobs of the versions that the run begins with, and their sizes: its model, after the base of it if it has one.
    ///   - dataSets: the blobs that the run's problems come from, and their sizes.
    /// - Returns: false if the ledger holds a run already; nothing is changed then.
    public func begin(
        _ run: RunDescription, policies: [(blob: ContentHash, size: UInt64)],
        dataSets: [ContentHash: UInt64] = [:], at now: Int64
    ) throws -> Bool {
        try transaction { transaction in
            guard try transaction.meta("run") == nil else { return false }
            try transaction.setMeta("run", run.id)
            try transaction.setMeta("seed", "\(run.seed)")
            try transaction.setMeta("recipe", run.recipeYAML)
            try transaction.setMeta("state", "running")
            try transaction.setMeta("first_policy", "\(policies.count - 1)")
            for (blob, size) in policies { try transaction.insertBlob(blob, size: size) }
            for (blob, size) in dataSets { try transaction.insertBlob(blob, size: size) }
            for (version, policy) in policies.enumerated() {
                try transaction.publish(PolicyVersion(UInt64(version)), blob: policy.blob, checkpoint: nil, at: now)
            }
            let group = try transaction.open(
                LedgerGroup(kind: .run, size: 1, owns: nil, openedBy: 0, problem: "", whenFull: nil))
            let first = LedgerItem(
                id: "0.0", queue: .stages, purpose: .control, stage: 0, round: 0, priority: 1, weight: 1,
                slots: OwnedSlots(group: group, first: 0, count: 1), joinedGroup: nil, problem: "", refersTo: [])
            let body = DecisionPoint(stage: 0, round: 0).encoded()
            return try transaction.insert(first, body: body, state: .ready, parent: nil, at: now) != nil
        }
    }
}

extension Ledger {
    /// Whether the run is finished. The ledger is only read; the run may be live or dead.
    ///
    /// - Throws: `LedgerError` if there is no ledger or it cannot be read.
    public static func isFinished(path: String) throws -> Bool {
        let ledger = try ReadOnlyLedger(path: path)
        return try ledger.read { try LedgerTransaction(db: $0, bodies: ledger.bodies).meta("state") == "finished" }
    }

    /// The newest checkpoint of a run; nil before the first. The ledger is only read; the run may be live or dead.
    ///
    /// - Throws: `LedgerError` if there is no ledger or it cannot be read.
    public static func newestCheckpoint(path: String) throws -> LedgerCheckpoint? {
        let ledger = try ReadOnlyLedger(path: path)
        return try ledger.read { try LedgerTransaction(db: $0, bodies: ledger.bodies).newestCheckpoint() }
    }

    /// The blobs of a run's policy versions, by number; there is at least version 0. The ledger is only read; the run may
    /// be live or dead.
    ///
    /// - Throws: `LedgerError` if there is no ledger or it cannot be read.
    public static func policies(path: String) throws -> [UInt64: ContentHash] {
        let ledger = try ReadOnlyLedger(path: path)
        return try ledger.read { try LedgerTransaction(db: $0, bodies: ledger.bodies).policies() }
    }
}

extension LedgerTransaction {
    /// The run that this ledger belongs to.
    ///
    /// - Throws: `LedgerError` of code `damaged` if it holds none.
    public func run() throws -> RunDescription {
        guard let id = try meta("run"), let seed = try meta("seed").flatMap(UInt64.init),
            let recipe = try meta("recipe")
        else { throw LedgerError(.damaged, "The ledger holds no run. Start one with `eightfold run RECIPE.yaml`.") }
        return RunDescription(id: id, seed: seed, recipeYAML: recipe)
    }

    /// The blobs of all policy versions, by number.
    public func policies() throws -> [UInt64: ContentHash] {
        var policies: [UInt64: ContentHash] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT version, blob FROM policies") {
            policies[UInt64(row["version"] as Int64)] = try hash(row["blob"])
        }
        return policies
    }
}

extension LedgerTransaction {
    /// How many samplers the operator asked for last; 0 before that.
    public func wantedSamplers() throws -> Int { try meta("wanted_samplers").flatMap(Int.init) ?? 0 }

    /// Keeps what the operator asks for; 0 forgets it.
    public func setWantedSamplers(_ count: Int) throws { try setMeta("wanted_samplers", "\(count)") }
}
