import Basics
import Ledger
import Wire

/// Leases: handing items out, and what follows when a lease ends other than by completion.
extension Exchange {
    /// The bytes of bodies that one `Work` carries at most, so that it stays far below the size limit of a message.
    private static let mostWorkBytes = 4 << 20

    /// Hands waiting items to peers that have credit, in turn, until there are no more of either.
    func dispatch(in transaction: LedgerTransaction, at now: Moment) throws {
        var work: [Int64: [Lease]] = [:]
        var workBytes: [Int64: Int] = [:]
        for queue in Queue.allCases where queue != .problems && ready.count(queue) > 0 {
            var takers = (takers[queue] ?? []).sorted()
            // A dead letter may have ended the run meanwhile.
            while !takers.isEmpty, state == .running {
                takers = try takers.filter { id in
                    guard let item = take(queue, for: id) else { return false }
                    guard let lease = try grant(item, to: id, in: transaction, at: now) else { return true }
                    work[id, default: []].append(lease)
                    workBytes[id, default: 0] +=
                        lease.item.body.count
                        + lease.members.reduce(0) { $0 + $1.body.count + $1.result.count }
                        + lease.attachments.reduce(0) { $0 + $1.body.count }
                    if workBytes[id, default: 0] > Self.mostWorkBytes {
                        sendWork(work.removeValue(forKey: id) ?? [], to: id, at: now)
                        workBytes[id] = 0
                    }
                    return (sessions[id]?.credit[queue]?.items ?? 0) > 0
                }
            }
        }
        for (id, leases) in work.sorted(by: { $0.key < $1.key }) { sendWork(leases, to: id, at: now) }
    }

    private func sendWork(_ leases: [Lease], to id: Int64, at now: Moment) {
        guard let peer = sessions[id]?.peer, !leases.isEmpty else { return }
        send(.work, Work(leases: leases).encoded(), to: peer, because: nil, at: now)
    }

    /// Takes an item of a queue that this peer may have now.
    private func take(_ queue: Queue, for id: Int64) -> LedgerItem? {
        guard let session = sessions[id], !session.isAlone, let credit = session.credit[queue] else { return nil }
        let lane = ReadyQueues.Lane(queue, stage: credit.stage, round: credit.round, verifier: session.verifier)
        if session.leases.isEmpty, let suspect = ready.nextSuspect(lane), admits(suspect) {
            return ready.popSuspect(lane)
        }
        guard let next = ready.next(lane), admits(next) else { return nil }
        return ready.pop(lane)
    }

    /// The bound at the entrance. Inside the graph nothing is bounded, because it has a cycle.
    private func admits(_ order: LedgerItem) -> Bool {
        guard order.queue == .orders else { return true }
        guard freeBytes >= settings.minimumFreeBytes else { return false }
        let begun = problemsInFlight + problemsBegun
        return begun == 0 || begun + order.weight <= settings.problemsInFlight
    }

    /// Leases an item to a peer; nil if the item cannot be leased and became a dead letter.
    private func grant(
        _ item: LedgerItem, to id: Int64, in transaction: LedgerTransaction, at now: Moment
    ) throws -> Lease? {
        guard var body = try transaction.body(of: item.seq) else {
            throw LedgerError.contradiction("Item \(item.id) waits for a worker, and its body was dropped.")
        }
        let attachments: [Attachment]
        do {
            attachments = try self.attachments(of: item, in: transaction)
            if item.queue == .requests { body = try fixPolicy(of: item, body, in: transaction) }
        } catch let refusal as Refusal {
            try bury(item, reason: refusal.reason, in: transaction, at: now)
            return nil
        }
        let lease = try transaction.lease(item.seq, to: id, at: now.unixMilliseconds)
        leases[lease] = LiveLease(item: item, session: id, grantedMilliseconds: now.monotonicMilliseconds)
        if item.queue == .orders { problemsBegun += item.weight }
        if let session = sessions[id] {
            session.leases.insert(lease)
            session.credit[item.queue]?.items -= 1
            if (session.credit[item.queue]?.items ?? 0) <= 0 { takers[item.queue]?.remove(id) }
            session.isAlone = ready.isSuspect(item)
        }
        count(item, from: .ready, to: .leased)
        var handed = Lease(
            id: lease,
            item: Item(
                id: item.id, queue: item.queue, purpose: item.purpose, stage: item.stage, round: item.round,
                body: body, refersTo: item.refersTo, problem: item.problem),
            attempt: item.attempts + 1,
            members: try item.joinedGroup.map {
                try transaction.members(of: $0, withBodies: item.queue == .groups)
            } ?? [], attachments: attachments)
        if item.queue == .stages { try describeTraining(in: &handed, of: item, in: transaction) }
        return handed
    }

    /// What an item refers to.
    ///
    /// - Throws: `Refusal` if it refers to what is no longer there.
    private func attachments(of item: LedgerItem, in transaction: LedgerTransaction) throws -> [Attachment] {
        try item.refersTo.map { id in
            guard let body = try transaction.body(ofID: id) else {
                throw Refusal(
                    .body,
                    "\(item.id) refers to \(id), whose body was dropped when its stage was closed. Set hub.keep_payloads: true."
                )
            }
            return Attachment(item: id, body: body)
        }
    }

    /// Tells the learner where training stands.
    private func describeTraining(
        in lease: inout Lease, of item: LedgerItem, in transaction: LedgerTransaction
    ) throws {
        if item.round > 0 {
            lease.unconsumedExperience = UInt64(
                try transaction.unconsumedExperience(stage: item.stage, round: item.round - 1))
        }
        lease.checkpoint = try transaction.newestCheckpoint().map {
            CheckpointOutput(number: $0.number, blob: $0.blob, chain: $0.chain, updates: $0.updates)
        }
        lease.policyVersion = newestPolicy.number
        lease.policyBlob = policies[newestPolicy.number]
        lease.basePolicyBlob = policies[0]
    }

    /// Names the policy's blob in a request, and fixes `latest` for its whole group.
    ///
    /// - Throws: `Refusal` if there is no such policy; nothing was written then.
    private func fixPolicy(of item: LedgerItem, _ body: [UInt8], in transaction: LedgerTransaction) throws -> [UInt8] {
        var request = try Request(decoding: body)
        if request.latestPolicy, let group = item.slots?.group {
            if let fixed = try transaction.policyVersion(of: group) {
                request.policyVersion = fixed
            } else {
                request.policyVersion = newestPolicy.number
                try transaction.setPolicyVersion(newestPolicy.number, of: group)
            }
        }
        guard let blob = policies[request.policyVersion] else {
            throw Refusal(
                .body, "\(item.id) asks for policy version \(request.policyVersion), which was never published.")
        }
        request.policySHA256 = blob
        policyLag = newestPolicy.number - request.policyVersion
        return request.encoded()
    }

    /// A live lease that this peer holds.
    func held(_ lease: UInt64, by session: Int64, in transaction: LedgerTransaction) throws -> LiveLease {
        guard let live = leases[lease] else {
            guard let end = try transaction.end(of: lease) else {
                throw Refusal(.unknownLease, "There never was a lease \(lease).")
            }
            throw Refusal(.leaseExpired, "Lease \(lease) has ended before: \(end). Its item is done or in other hands.")
        }
        guard live.session == session else {
            throw Refusal(
                .notYours, "Lease \(lease) is held by \(sessions[live.session]?.hello.name ?? "another worker").")
        }
        return live
    }

    /// Ends a live lease that was not completed: the item waits again, or becomes a dead letter.
    func end(
        _ lease: UInt64, as end: LedgerTransaction.LeaseEnd, reason: String, isFinal: Bool = false,
        in transaction: LedgerTransaction, at now: Moment
    ) throws {
        guard let live = forget(lease) else { return }
        try transaction.end(lease: lease, as: end, reason: reason, at: now.unixMilliseconds)
        count("leases.\(end)")
        var item = live.item
        // One learner holds all decision points and thousands of experiences at once: its crash says nothing of one item.
        if end == .failed || (end == .lost && ReadyQueues.lossTells(of: item.queue)) { item.attempts += 1 }
        if isFinal || item.attempts >= settings.attempts {
            count(item, from: .leased, to: .ready)
            try bury(item, reason: reason, in: transaction, at: now)
        } else {
            try transaction.setState(.ready, attempts: item.attempts, of: item.seq)
            count(item, from: .leased, to: .ready)
            ready.push(item)
        }
    }

    /// Drops a lease from memory; returns what it was.
    func forget(_ lease: UInt64) -> LiveLease? {
        guard let live = leases.removeValue(forKey: lease) else { return nil }
        if live.item.queue == .orders { problemsBegun -= live.item.weight }
        if let session = sessions[live.session] {
            session.leases.remove(lease)
            if session.leases.isEmpty { session.isAlone = false }
        }
        return live
    }

    /// Makes a ready item a dead letter: its slots end as errors, and the run goes on.
    private func bury(_ item: LedgerItem, reason: String, in transaction: LedgerTransaction, at now: Moment) throws {
        try transaction.setState(.dead, attempts: item.attempts, of: item.seq)
        count(item, from: .ready, to: .dead)
        notices.append("\(item.id) is a dead letter after \(item.attempts) attempts: \(reason)")
        guard let slots = item.slots else { return }
        for slot in slots.range {
            try end(
                slot: slot, of: slots.group, as: .error, by: item.seq, result: [], reason: reason, in: transaction,
                at: now)
        }
    }

    /// Puts a dead letter back into its queue.
    func requeue(_ id: String, in transaction: LedgerTransaction) throws {
        guard var item = try transaction.deadLetter(id: id) else {
            throw Refusal(.command, "There is no dead letter '\(id)'. `eightfold status` lists them.")
        }
        guard let slots = item.slots else {
            throw Refusal(.command, "\(id) is experience: its round did not wait for it, and it stays a dead letter.")
        }
        guard try transaction.reopen(slots) else {
            throw Refusal(.command, "The group that \(id) belonged to is whole; what followed from it stays.")
        }
        // The slots may be problems.
        problemsInFlight = try transaction.problemsInFlight()
        item.attempts = 0
        try transaction.setState(.ready, attempts: 0, of: item.seq)
        count(item, from: .dead, to: .ready)
        ready.push(item)
    }
}
