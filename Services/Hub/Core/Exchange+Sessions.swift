import Ledger
import Wire

/// Peers come, are heard, and go.
extension Exchange {
    func hello(
        _ hello: Hello, from inbound: Inbound, cause: String, in transaction: LedgerTransaction, at now: Moment
    ) throws {
        guard hello.role != .unspecified, OutputCheck.isIdentifier(hello.name), OutputCheck.isIdentifier(hello.instance)
        else {
            throw Refusal(
                .identifier, "A hello names a role, and a name and an instance of letters, digits, '.', '-', '_'.")
        }
        let verifier = try verifierPlace(of: hello)
        if let proven = inbound.provenRole, proven != hello.role {
            throw Refusal(.role, "The key of this peer is of role \(proven); it may not speak as \(hello.role).")
        }
        let known = try transaction.session(ofInstance: hello.instance)
        if let known, let old = try transaction.hello(of: known),
            old.role != hello.role || old.name != hello.name
                || old.verifier != hello.verifier
        {
            throw Refusal(
                .superseded,
                "Instance \(hello.instance) is \(old.name), a \(old.role) \(old.verifier); it cannot become \(hello.name), a "
                    + "\(hello.role) \(hello.verifier)."
            )
        }
        for other in sessions.values where other.hello.name == hello.name && other.id != known {
            guard other.role == hello.role else {
                throw Refusal(.superseded, "The name \(hello.name) is in use by a \(other.role). Take another one.")
            }
            // Two live workers of one name would take each other's leases for ever.
            guard known == nil || other.id < known ?? 0 else {
                throw Refusal(
                    .superseded, "A newer start of \(hello.name) is at work. End this one, or give it another name.")
            }
        }
        let id = try known ?? transaction.session(for: hello, at: now.unixMilliseconds)
        // A new start under an old name: what the old one held is lost. A peer speaks for one session.
        for other in sessions.values.sorted(by: { $0.id < $1.id })
        where other.id != id && (other.hello.name == hello.name || other.peer == inbound.peer) {
            try lose(
                other.id, reason: "was superseded by a start of \(hello.name)", as: lossEnd(of: other), in: transaction,
                at: now)
        }
        let session =
            sessions[id] ?? Session(id: id, hello: hello, lastHeardMilliseconds: now.monotonicMilliseconds)
        if let old = session.peer { sessionOfPeer[old] = nil }
        session.peer = inbound.peer
        session.verifier = verifier
        session.lastHeardMilliseconds = now.monotonicMilliseconds
        // What it was owed before it said hello again may have been lost on the way: it asks anew.
        dropCredit(of: session)
        sessions[id] = session
        sessionOfPeer[inbound.peer] = id
        send(.welcome, welcome.encoded(), to: inbound.peer, because: cause, at: now)
        tellStop(inbound.peer, cause, at: now)
    }

    /// Where in the panel a verifier is; 0 for all other roles.
    private func verifierPlace(of hello: Hello) throws(Refusal) -> Int {
        guard hello.role == .verifier else { return 0 }
        guard let place = settings.panel.place(of: hello.verifier) else {
            throw Refusal(
                .role,
                "The verifiers of this run are \(settings.panel.verifiers.joined(separator: ", ")); got "
                    + "\(hello.verifier.isEmpty ? "exact" : hello.verifier). Name it in the recipe's verification.verifiers."
            )
        }
        return place
    }

    /// A peer that is still here though the run is over may have missed the word.
    private func tellStop(_ peer: [UInt8], _ cause: String, at now: Moment) {
        guard state != .running else { return }
        let reason = state == .finished ? "The run is finished." : "The run is being stopped."
        send(.stop, Stop(reason: reason).encoded(), to: peer, because: cause, at: now)
    }

    func heartbeat(
        _ heartbeat: Heartbeat, _ id: Int64, _ cause: String, in transaction: LedgerTransaction, at now: Moment
    ) throws {
        guard let session = sessions[id], let peer = session.peer else { return }
        if heartbeat.tokens > session.heartbeat.tokens {
            session.lastAdvanceMilliseconds = now.monotonicMilliseconds
        }
        session.heartbeat = heartbeat
        if session.role == .learner, !heartbeat.progress.isEmpty { progress = heartbeat.progress }
        // Work that was sent but never arrived would be waited for until its deadline: the peer's list tells.
        for lease in session.leases.subtracting(heartbeat.leases).sorted() {
            guard let live = leases[lease],
                now.monotonicMilliseconds - live.grantedMilliseconds > Int64(settings.leaseMilliseconds)
            else { continue }
            count("leases.never-arrived")
            try end(lease, as: .released, reason: "the worker does not know of it", in: transaction, at: now)
        }
        let reply = Heartbeat(hubIncarnation: welcome.hubIncarnation, wantedSamplers: wantedSamplers)
        send(.heartbeat, reply.encoded(), to: peer, because: cause, at: now)
        tellStop(peer, cause, at: now)
    }

    /// More credit than any worker can use.
    private static let mostCredit = 1_000_000

    /// Credit adds up, so that work on its way is not counted twice. Credit for no items takes back what is left; credit
    /// for another round replaces what is left for the one before.
    func credit(_ credit: Credit, _ id: Int64) throws {
        guard let session = sessions[id] else { return }
        guard Authority.of(session.role).leases.contains(credit.queue) else {
            throw Refusal(.role, "A \(session.role) may not lease from \(credit.queue).")
        }
        var granted = credit
        if let old = session.credit[credit.queue], old.stage == credit.stage, old.round == credit.round,
            credit.items > 0
        {
            granted.items = min(old.items, Self.mostCredit) + min(credit.items, Self.mostCredit)
        }
        session.credit[credit.queue] = granted
        if granted.items > 0 {
            takers[credit.queue, default: []].insert(id)
        } else {
            takers[credit.queue]?.remove(id)
        }
    }

    private func dropCredit(of session: Session) {
        for queue in session.credit.keys { takers[queue]?.remove(session.id) }
        session.credit = [:]
    }

    /// Forgets a peer and takes its leases back.
    func lose(
        _ id: Int64, reason: String, as end: LedgerTransaction.LeaseEnd, in transaction: LedgerTransaction,
        at now: Moment
    ) throws {
        guard let session = sessions.removeValue(forKey: id) else { return }
        if let peer = session.peer { sessionOfPeer[peer] = nil }
        dropCredit(of: session)
        for lease in session.leases.sorted() {
            try self.end(lease, as: end, reason: "\(session.hello.name) \(reason)", in: transaction, at: now)
        }
        if end == .lost { count("sessions.lost") }
        notices.append("\(session.hello.name) \(reason); it held \(session.leases.count) leases.")
    }

    /// Takes back what peers that are silent for too long hold, and what is held for too long.
    func expire(in transaction: LedgerTransaction, at now: Moment) throws {
        if now.monotonicMilliseconds >= nextSilence { try expireSessions(in: transaction, at: now) }
        if now.monotonicMilliseconds > nextOverdue { try expireLeases(in: transaction, at: now) }
    }

    private func expireSessions(in transaction: LedgerTransaction, at now: Moment) throws {
        for session in sessions.values.sorted(by: { $0.id < $1.id }) {
            let silent = now.monotonicMilliseconds - session.lastHeardMilliseconds
            guard silent >= Int64(settings.leaseMilliseconds) else { continue }
            let reason = "was not heard for \(silent) ms (limit \(settings.leaseMilliseconds) ms)"
            try lose(session.id, reason: reason, as: lossEnd(of: session), in: transaction, at: now)
        }
        // Whoever is heard again, or comes meanwhile, is silent later than the one that is silent longest now.
        let longestSilent = sessions.values.lazy.map(\.lastHeardMilliseconds).min() ?? now.monotonicMilliseconds
        nextSilence = longestSilent + Int64(settings.leaseMilliseconds)
    }

    private func expireLeases(in transaction: LedgerTransaction, at now: Moment) throws {
        let oldest = now.monotonicMilliseconds - Int64(settings.holdMilliseconds)
        for (lease, live) in leases.filter({ heldSince($0.value) < oldest }).sorted(by: { $0.key < $1.key }) {
            let name = sessions[live.session]?.hello.name ?? "a worker"
            notices.append(
                "\(name) has held \(live.item.id) for over \(settings.holdMilliseconds) ms: it is taken back.")
            try end(lease, as: .lost, reason: "held for too long", in: transaction, at: now)
        }
        let first = leases.values.lazy.map(heldSince).min() ?? now.monotonicMilliseconds
        nextOverdue = first + Int64(settings.holdMilliseconds)
    }

    /// When the hold period of a lease began: with the last update of a learner, whose round of thousands of leases ends with one checkpoint
    /// and may take hours.
    private func heldSince(_ live: LiveLease) -> Int64 {
        guard let session = sessions[live.session], session.role == .learner else { return live.grantedMilliseconds }
        return max(live.grantedMilliseconds, session.lastAdvanceMilliseconds)
    }

    /// How the leases of a peer end that is gone. One that did not come back after the hub's own end went down with the run,
    /// which says nothing of the items that it held: three kills of a whole run must not make dead letters.
    private func lossEnd(of session: Session) -> LedgerTransaction.LeaseEnd {
        session.peer == nil ? .released : .lost
    }

    /// Ends the run for everyone: no more work is handed out, and all peers are told.
    func stop(as end: State, reason: String, at now: Moment) {
        state = end
        stoppingSince = now.monotonicMilliseconds
        notices.append(reason)
        for session in sessions.values.sorted(by: { $0.id < $1.id }) {
            guard let peer = session.peer else { continue }
            send(.stop, Stop(reason: reason).encoded(), to: peer, because: nil, at: now)
        }
    }
}
