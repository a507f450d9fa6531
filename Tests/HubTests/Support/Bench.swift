@testable import HubCore
import HubSimulation
import Ledger
import Testing
import Wire

/// A hub, and peers that say to it what a test wants.
final class Bench {
    let hub: SimulatedHub
    let script: Script
    private var inboxes: [[UInt8]: [WireMessage]] = [:]
    private var drives = 0

    /// - Parameter stages: by default one round of preference; its two orders are "0.0.o0" and "0.0.o1".
    init(
        stages: [(purpose: Purpose, rounds: Int)] = [(.preference, 1)], orders: Int = 2, problems: Int = 2,
        _ change: (inout ExchangeSettings) -> Void = { _ in }
    ) throws {
        var settings = ExchangeSettings()
        change(&settings)
        hub = try SimulatedHub(settings)
        var recipe = SimulatedRecipe()
        recipe.stages = stages
        recipe.orders = orders
        recipe.problems = problems
        script = Script(recipe)
    }

    var exchange: Exchange { hub.exchange }

    /// A worker that has said hello.
    func join(_ role: Role, _ name: String? = nil, instance: String? = nil) throws -> BenchPeer {
        let name = name ?? "\(role)-0"
        let peer = BenchPeer(self, role, name: name, instance: instance ?? "\(name)-1")
        try peer.hello()
        return peer
    }

    /// Completes by the script what waits in these queues, until there is nothing left.
    func drive(_ queues: Queue...) throws {
        drives += 1
        let drivers = try queues.map { try join(Self.role(of: $0), "driver-\($0)-\(drives)") }
        var isMoving = true
        while isMoving {
            isMoving = false
            for (queue, driver) in zip(queues, drivers) {
                for lease in try driver.lease(queue, 1_000) + driver.arrived() {
                    isMoving = true
                    let answer = try driver.complete(try script.complete(lease))
                    #expect(answer.code == .ok, "\(answer.reason)")
                }
                try driver.credit(queue, 0)
            }
        }
        for driver in drivers { try driver.say(.goodbye) }
    }

    static func role(of queue: Queue) -> Role {
        switch queue {
        case .stages, .experience: .learner
        case .orders: .generator
        case .requests: .sampler
        case .rollouts: .verifier
        default: .advantage
        }
    }

    /// Lets time pass while all peers that are named are heard.
    func pass(_ milliseconds: Int64, heard peers: BenchPeer...) throws {
        let end = hub.milliseconds + milliseconds
        while hub.milliseconds < end {
            hub.milliseconds = min(end, hub.milliseconds + 500)
            try process([])
            for peer in peers { try peer.heartbeat() }
        }
        try process([])
    }

    func process(_ inbound: [Inbound]) throws {
        for outbound in try hub.process(inbound) { inboxes[outbound.peer, default: []].append(outbound.message) }
        try expectInvariants(hub, "at \(hub.milliseconds) ms")
    }

    func takeInbox(_ peer: [UInt8]) -> [WireMessage] {
        inboxes.removeValue(forKey: peer) ?? []
    }

    /// How an item is counted.
    func counts(_ queue: Queue) -> QueueStatus { exchange.queueCounts[queue] ?? QueueStatus(queue: "\(queue)") }
}
