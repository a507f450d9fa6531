@testable import HubCore
import HubSimulation
import Ledger
import Testing
import Wire

/// What must be true of the hub after every step: its memory is what the ledger holds.
func expectInvariants(_ hub: SimulatedHub, _ comment: Comment) throws {
    let exchange = hub.exchange
    try hub.ledger.transaction { ledger in
        #expect(try exchange.problemsInFlight == ledger.problemsInFlight(), comment)

        let live = try ledger.liveLeases()
        #expect(Set(exchange.leases.keys) == Set(live.map(\.id)), comment)
        for lease in live {
            #expect(exchange.leases[lease.id]?.item == lease.item, comment)
            #expect(exchange.sessions[lease.session]?.leases.contains(lease.id) == true, comment)
        }
        #expect(exchange.sessions.values.reduce(0) { $0 + $1.leases.count } == live.count, comment)

        let ready = try ledger.readyItems()
        for queue in Queue.allCases {
            #expect(exchange.ready.count(queue) == ready.count { $0.queue == queue }, comment)
        }
        var counts: [Queue: QueueStatus] = [:]
        for (queue, state, count) in try ledger.queueCounts() {
            counts[queue, default: QueueStatus(queue: "\(queue)")][keyPath: Exchange.countPath(state)] += count
        }
        for queue in Queue.allCases {
            #expect(exchange.queueCounts[queue] ?? QueueStatus(queue: "\(queue)") == counts[queue] ?? QueueStatus(queue: "\(queue)"), comment)
        }
        #expect(try exchange.newestPolicy == ledger.newestPolicy(), comment)
        #expect(try exchange.policies == ledger.policies(), comment)
    }
    for session in exchange.sessions.values {
        let suspects = session.leases.count { exchange.leases[$0].map { exchange.ready.isSuspect($0.item) } == true }
        #expect(session.isAlone == (suspects > 0), comment)
        #expect(suspects == 0 || session.leases.count == 1, "A suspect is leased alone. \(comment)")
        if let peer = session.peer { #expect(exchange.sessionOfPeer[peer] == session.id, comment) }
    }
    #expect(exchange.sessionOfPeer.values.allSatisfy { exchange.sessions[$0] != nil }, comment)
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
