import Basics
public import Wire

extension Ledger {
    /// The state of a run that no hub is at work on, as far as its ledger tells: there are no workers and no waits.
    ///
    /// - Throws: `LedgerError` if there is no ledger at `path` that can be read, or it holds no run.
    public static func status(path: String) throws -> Status {
        let file = try ReadOnlyLedger(path: path)
        return try file.read { db in
            let ledger = LedgerTransaction(db: db, bodies: file.bodies)
            var queues: [Queue: QueueStatus] = [:]
            for (queue, state, count) in try ledger.queueCounts() {
                let path: WritableKeyPath<QueueStatus, Int> =
                    switch state {
                    case .ready: \.ready
                    case .leased: \.leased
                    case .done, .record: \.done
                    case .dead: \.dead
                    }
                queues[queue, default: QueueStatus(queue: "\(queue)")][keyPath: path] += count
            }
            let isFinished = try ledger.meta("state") == "finished"
            return Status(
                run: try ledger.run().id, state: isFinished ? "finished" : "not running",
                queues: Queue.allCases.compactMap { queues[$0] }, deadLetters: try ledger.deadLetters(limit: 1_000),
                policyVersion: try ledger.newestPolicy()?.number ?? 0, problemsInFlight: try ledger.problemsInFlight(),
                rollouts: UInt64(try ledger.gradedRollouts()))
        }
    }
}
