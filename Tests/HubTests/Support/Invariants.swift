@testable import HubCore
import HubSimulation
import Ledger
import Testing
import Wire

/// Checks what must be true of the hub after every step: its memory is what the ledger holds.
func expectInvariants(_ hub: SimulatedHub, _ comment: @autoclosure () -> Comment) throws {
    for broken in try brokenInvariants(hub) { Issue.record("\(broken) \(comment())") }
}

private func brokenInvariants(_ hub: SimulatedHub) throws -> [String] {
    let exchange = hub.exchange
    var broken: [String] = []
    func require(_ holds: Bool, _ rule: @autoclosure () -> String) {
        if !holds { broken.append(rule()) }
    }
    try hub.ledger.transaction { ledger in
        let inFlight = try ledger.problemsInFlight()
        require(
            exchange.problemsInFlight == inFlight, "\(exchange.problemsInFlight) problems in flight, not \(inFlight).")

        let live = try ledger.liveLeases()
        require(exchange.leases.count == live.count, "\(exchange.leases.count) leases, not \(live.count).")
        for lease in live {
            require(exchange.leases[lease.id]?.item == lease.item, "Lease \(lease.id) is not that of \(lease.item.id).")
            require(
                exchange.sessions[lease.session]?.leases.contains(lease.id) == true,
                "Lease \(lease.id) is not in session \(lease.session).")
        }
        let held = exchange.sessions.values.reduce(0) { $0 + $1.leases.count }
        require(held == live.count, "The sessions hold \(held) leases, not \(live.count).")

        var ready: [Queue: Int] = [:]
        for item in try ledger.readyItems() { ready[item.queue, default: 0] += 1 }
        var counts: [Queue: QueueStatus] = [:]
        for (queue, state, count) in try ledger.queueCounts() {
            counts[queue, default: QueueStatus(queue: "\(queue)")][keyPath: Exchange.countPath(state)] += count
        }
        for queue in Queue.allCases {
            let waiting = exchange.ready.count(queue)
            require(waiting == ready[queue] ?? 0, "\(waiting) items wait in \(queue), not \(ready[queue] ?? 0).")
            let nothing = QueueStatus(queue: "\(queue)")
            let counted = exchange.queueCounts[queue] ?? nothing
            require(counted == counts[queue] ?? nothing, "Counted \(counted), not \(counts[queue] ?? nothing).")
        }
        let newest = try ledger.newestPolicy()
        require(exchange.newestPolicy == newest, "The newest policy is not \(exchange.newestPolicy).")
        let policies = try ledger.policies()
        require(exchange.policies == policies, "The policies are not \(exchange.policies).")
    }
    let begun = exchange.leases.values.reduce(0) { $0 + ($1.item.queue == .orders ? $1.item.weight : 0) }
    require(exchange.problemsBegun == begun, "\(exchange.problemsBegun) problems begun, not \(begun).")
    for queue in Queue.allCases {
        let takers = exchange.sessions.values.filter { ($0.credit[queue]?.items ?? 0) > 0 && $0.peer != nil }.map(\.id)
        let noted = exchange.takers[queue] ?? []
        require(noted == Set(takers), "\(noted) are noted to take from \(queue), not \(takers).")
    }
    for session in exchange.sessions.values {
        let suspects = session.leases.count { exchange.leases[$0].map { exchange.ready.isSuspect($0.item) } == true }
        require(
            session.isAlone == (suspects > 0),
            "\(session.hello.name) is alone: \(session.isAlone), with \(suspects) suspects.")
        require(suspects == 0 || session.leases.count == 1, "\(session.hello.name) has a suspect and more.")
        if let peer = session.peer {
            require(exchange.sessionOfPeer[peer] == session.id, "The peer of \(session.hello.name) speaks for another.")
        }
    }
    require(
        exchange.sessionOfPeer.values.allSatisfy { exchange.sessions[$0] != nil },
        "A peer speaks for a session that is gone.")
    return broken
}

/// Takes messages in as the hub does, and fails before the commit.
func rollBack(_ hub: SimulatedHub, _ inbound: [Inbound]) {
    struct Crash: Error {}
    do {
        try hub.ledger.transaction { transaction in
            for message in inbound { try hub.exchange.receive(message, in: transaction, at: hub.now) }
            try hub.exchange.expire(in: transaction, at: hub.now)
            try hub.exchange.dispatch(in: transaction, at: hub.now)
            throw Crash()
        }
    } catch is Crash {
        // As meant.
    } catch {
        Issue.record(error)
    }
}
