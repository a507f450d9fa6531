import Basics
import Blobs
import Ledger
import Wire

/// Building the memory from the ledger, and telling what it is.
extension Exchange {
    func recover(at now: Moment) throws {
        try ledger.transaction { transaction in
            for item in try transaction.readyItems() { ready.push(item) }
            for lease in try transaction.liveLeases() {
                leases[lease.id] = LiveLease(
                    item: lease.item, session: lease.session, grantedMilliseconds: now.monotonicMilliseconds)
                if sessions[lease.session] == nil, let hello = try transaction.hello(of: lease.session) {
                    // It gets one lease period to come back; what it held is taken back after that.
                    sessions[lease.session] = Session(
                        id: lease.session, hello: hello, lastHeardMilliseconds: now.monotonicMilliseconds)
                }
                if lease.item.queue == .orders { problemsBegun += lease.item.weight }
                sessions[lease.session]?.leases.insert(lease.id)
                if ready.isSuspect(lease.item) { sessions[lease.session]?.isAlone = true }
            }
            for (queue, state, count) in try transaction.queueCounts() {
                queueCounts[queue, default: QueueStatus(queue: "\(queue)")][keyPath: Self.countPath(state)] += count
            }
            // What was written or forgotten just before the hub's end, but not both in the ledger and in its folder.
            forgottenBlobs = try blobs.whole().filter { try transaction.blobSize($0) == nil }
            problemsInFlight = try transaction.problemsInFlight()
            gradedRollouts = try transaction.gradedRollouts()
            policies = try transaction.policies()
            newestPolicy = try transaction.newestPolicy() ?? PolicyVersion(0)
            wantedSamplers = try transaction.wantedSamplers()
            if try transaction.meta("state") == State.finished.rawValue {
                stop(as: .finished, reason: "The run is finished.", at: now)
            }
        }
        deleteForgottenBlobs()
    }

    func status(withDeadLetters: Bool, in transaction: LedgerTransaction, at now: Moment) throws -> Status {
        Status(
            run: welcome.run, state: state.rawValue,
            queues: Queue.allCases.compactMap { queueCounts[$0] },
            workers: sessions.values.sorted { $0.hello.name < $1.hello.name }.map { session in
                WorkerStatus(
                    name: session.hello.name, role: session.role, host: session.hello.host,
                    processID: session.hello.processID, leases: session.leases.count,
                    credit: session.credit.values.reduce(0) { $0 + $1.items },
                    silentMilliseconds: Int(max(0, now.monotonicMilliseconds - session.lastHeardMilliseconds)),
                    waitingFor: session.heartbeat.waitingFor,
                    waitingMilliseconds: session.heartbeat.waitingMilliseconds, tokens: session.heartbeat.tokens,
                    waitedMilliseconds: session.heartbeat.waitedMilliseconds,
                    upMilliseconds: session.heartbeat.upMilliseconds)
            },
            deadLetters: withDeadLetters ? try transaction.deadLetters(limit: 1_000) : [],
            counters: counters.sorted { $0.key < $1.key }.map { Counter(name: $0.key, value: $0.value) },
            policyVersion: newestPolicy.number, problemsInFlight: problemsInFlight, progress: progress,
            wantedSamplers: wantedSamplers, rollouts: UInt64(gradedRollouts),
            notices: (freeBytes < settings.minimumFreeBytes ? [lowSpaceNotice] : []) + missingVerifiers,
            policyLag: policyLag)
    }
}
